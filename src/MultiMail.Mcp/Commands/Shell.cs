namespace MultiMail.Mcp.Commands;

/// <summary>What a command finds around it.</summary>
internal sealed record Shell(Terminal Terminal, IReadOnlyDictionary<string, string> Environment, TimeProvider Clock)
{
    public TextWriter Out => Terminal.Out;

    public TextWriter Error => Terminal.Error;
}
