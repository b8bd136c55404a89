namespace MultiMail.Mcp.Commands.Demo;

/// <summary>Tells the story: numbered steps, and under each what the system answered.</summary>
internal sealed class Narrator(TextWriter output)
{
    private int _step;

    public void Step(string what)
    {
        output.WriteLine();
        output.WriteLine($"{++_step}. {what}");
        output.Flush();
    }

    /// <summary>Something read back from the system.</summary>
    public void Saw(string what)
    {
        output.WriteLine($"   {SafeText.Line(what)}");
        output.Flush();
    }

    public void Say(string what)
    {
        output.WriteLine(what);
        output.Flush();
    }
}
