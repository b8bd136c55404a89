namespace MultiMail.Mcp.Commands;

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused or failed.</summary>
    public const int Failed = 1;

    public const int Usage = 2;
}
