using System.CommandLine;

namespace MultiMail.Mcp.Commands;

/// <summary>A command whose help ends with an example.</summary>
/// <param name="example">Without the leading <c>multimail</c>.</param>
internal sealed class Verb(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = $"multimail {example}";

    /// <summary>Exit code of a line that makes no sense.</summary>
    public int UsageCode { get; init; } = ExitCode.Usage;

    /// <summary>Exit code when it could not do its work.</summary>
    public int FailedCode { get; init; } = ExitCode.Failed;
}
