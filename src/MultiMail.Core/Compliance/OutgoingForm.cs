using MultiMail.Mail;

namespace MultiMail.Core.Compliance;

/// <summary>A message as it will be written: the sender's words and everything that is added to them.</summary>
/// <param name="Category">The category in force; a submission without one gets it here.</param>
/// <param name="Headers">Fields of ours beside those the composer writes.</param>
internal sealed record OutgoingForm(
    string? Text, string? Html, string? Markdown, IReadOnlyList<(string Name, string Value)> Headers, IReadOnlyList<MailboxAddress> ReplyTo, string? Category);
