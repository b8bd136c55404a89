using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Mail;

namespace MultiMail.Core.Compliance;

/// <summary>A message as it will be written: the sender's words and everything that is added to them.</summary>
/// <param name="Text">The plain text; every message has one.</param>
/// <param name="Headers">Fields of ours beside those the composer writes.</param>
/// <param name="Category">The category in force; a submission without one gets it here.</param>
/// <param name="IsInternal">Every recipient is a mailbox of the same account on this server.</param>
/// <param name="Disclosure">What the bytes must say of who wrote them.</param>
internal sealed record OutgoingForm(
    string Text, string? Html, IReadOnlyList<(string Name, string Value)> Headers, IReadOnlyList<MailboxAddress> ReplyTo, string Category, bool IsInternal, DisclosureExpectation Disclosure)
{
    /// <summary>The language of the message and of what was added; null = it is not said.</summary>
    public string? Language { get; init; }
}
