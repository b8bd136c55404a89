namespace MultiMail.Mcp.Commands.Demo;

/// <summary>A step of the demo did not hold.</summary>
internal sealed class DemoException(string message) : Exception(message)
{
    /// <summary>Goes on only if what the system said is what must hold.</summary>
    public static void Unless(bool holds, string what)
    {
        if (!holds)
        {
            throw new DemoException(what);
        }
    }
}
