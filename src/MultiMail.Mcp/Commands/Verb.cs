using System.CommandLine;

namespace MultiMail.Mcp.Commands;

/// <summary>A command whose help ends with an example.</summary>
/// <param name="example">Without the leading <c>multimail</c>.</param>
internal sealed class Verb(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = $"multimail {example}";
}
