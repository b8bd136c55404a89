using System.CommandLine;

namespace MultiMail.Mcp.Commands;

/// <summary>Options that many verbs share.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Data folder; else MULTIMAIL_DATA, else this user's own",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Which person acts, where there are several.</summary>
    public Option<string?> As { get; } = new("--as")
    {
        Description = "Act as the operator with this e-mail address; needed when there are several",
        HelpName = "EMAIL",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object instead of text" };
}
