using MultiMail.Core.Node;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Oversight;

/// <summary>What stands in the frozen text beside the author's own words: footer, disclosure.</summary>
internal static class ServerAdditions
{
    /// <returns>The added lines; null when there are none, or what the author wrote was not kept.</returns>
    public static async Task<IReadOnlyList<string>?> OfAsync(CoreContext core, Message message, CancellationToken cancellationToken)
    {
        if (message.State is MessageState.Draft || await AuthoredMail.FindAsync(core, message, cancellationToken).ConfigureAwait(false) is not { } authored ||
            TextOf(message, authored) is not { } own)
        {
            return null;
        }

        var added = LineDiff.Of(own, message.BodyText).Where(l => l.Kind is DiffKind.Added && !string.IsNullOrWhiteSpace(l.Text))
            .Select(l => UntrustedText.ShowInvisible(l.Text)).ToList();
        return added.Count > 0 ? added : null;
    }

    private static string? TextOf(Message message, Authored authored)
    {
        if (!MailboxAddress.TryParse(message.FromAddress, out var from, out _))
        {
            return null;
        }

        try
        {
            return MessageComposer.Compose(new OutgoingMessage
            {
                From = from, Subject = message.Subject, Text = authored.Written.Text, Html = authored.Written.Html, Markdown = authored.Written.Markdown,
                MessageIdField = message.MessageIdField, BoundarySeed = "compare",
            }).TextBody;
        }
        catch (MailFormatException)
        {
            return null; // it was written once, so this does not happen; a review is not stopped by it
        }
    }
}
