using MultiMail.Mail;

namespace MultiMail.Core.Compliance;

internal static class FormatFaults
{
    /// <summary>What the composer cannot write, in the words of a refusal.</summary>
    public static RefusalException Refusal(MailFormatException format) =>
        RefusalException.For([.. format.Faults.Select(f => new Violation(ErrorCodes.InvalidParameter, f.Field, f.Message, f.Fix))]);
}
