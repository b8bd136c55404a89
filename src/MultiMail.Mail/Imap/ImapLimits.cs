namespace MultiMail.Mail;

/// <summary>What a server may make us read, in bytes. Beyond it the connection ends.</summary>
/// <param name="Depth">Open parentheses in one response: MailKit reads nested lists by recursion, and a stack overflow ends the process.</param>
/// <param name="Line">A line, or the part of one between two literals.</param>
/// <param name="Literal">One literal: a message at its cap and the one byte that tells a longer one.</param>
/// <param name="PerCommand">All that comes between two commands of ours.</param>
internal sealed record ImapLimits(int Depth, int Line, int Literal, long PerCommand)
{
    /// <summary>The largest message that is fetched whole.</summary>
    public const int MessageCap = 25 * 1024 * 1024;

    public static ImapLimits Default { get; } = new(100, 64 * 1024, MessageCap + 1, 64L * 1024 * 1024);
}

/// <summary>The server went beyond a limit, or sent what two readers would understand differently.</summary>
internal sealed class ImapGuardException(string message) : IOException(message);
