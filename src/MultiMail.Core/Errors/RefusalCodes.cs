namespace MultiMail.Core.Errors;

/// <summary>The kernel's reasons in the words of the wire.</summary>
public static class RefusalCodes
{
    public static string Of(Refusal why) => why switch
    {
        Refusal.NotFound => ErrorCodes.NotFound,
        Refusal.ScopeMissing => ErrorCodes.ScopeMissing,
        Refusal.SelfApprovalForbidden => ErrorCodes.SelfApprovalForbidden,
        Refusal.AlreadyDecided => ErrorCodes.AlreadyDecided,
        Refusal.TooLate => ErrorCodes.TooLate,
        Refusal.RequestExpired => ErrorCodes.RequestExpired,
        Refusal.DigestMismatch => ErrorCodes.DigestMismatch,
        Refusal.ModeReadOnly => ErrorCodes.ModeReadOnly,
        Refusal.Paused => ErrorCodes.Paused,
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, "No caller meets this reason."),
    };

    /// <summary>The transition, where the kernel allowed it.</summary>
    /// <exception cref="RefusalException">The kernel's reason.</exception>
    internal static Moved Require(KernelAnswer answer) => answer switch
    {
        Moved moved => moved,
        Refused refused => throw ToException(refused.Why),
        _ => throw new System.Diagnostics.UnreachableException(), // KernelAnswer is closed
    };

    public static RefusalException ToException(Refusal why) => new(Of(why), Sentence(why));

    private static string Sentence(Refusal why) => why switch
    {
        Refusal.NotFound => "There is no such message.",
        Refusal.ScopeMissing => "This key may not do that.",
        Refusal.SelfApprovalForbidden => "Whoever submitted a message cannot decide it, and nobody decides it twice.",
        Refusal.AlreadyDecided => "This message is past that step.",
        Refusal.TooLate => "It is too late for that: the message is being sent, or its send_at has passed.",
        Refusal.RequestExpired => "This message has expired and is not sent.",
        Refusal.DigestMismatch => "The digest is not the one of the current revision.",
        Refusal.ModeReadOnly => "This mailbox is read only.",
        Refusal.Paused => "Sending is paused.",
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, "No caller meets this reason."),
    };
}
