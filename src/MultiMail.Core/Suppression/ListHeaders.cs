using MultiMail.Core.Node;

namespace MultiMail.Core.Suppression;

/// <summary>The header fields by which a mail program unsubscribes.</summary>
internal sealed class ListHeaders(CoreContext core)
{
    public const string Unsubscribe = "List-Unsubscribe";
    public const string Post = "List-Unsubscribe-Post";
    public const string OneClick = "List-Unsubscribe=One-Click";

    /// <summary>
    /// RFC 2369 §3.2: the preferred way first, here the page. RFC 8058 §3.1: exactly one https URI beside the mailto, and the second
    /// field only with it.
    /// </summary>
    /// <param name="recipient">The one recipient of this copy, an addr-spec.</param>
    public IReadOnlyList<(string Name, string Value)> For(Mailbox mailbox, string recipient)
    {
        var mailto = core.UnsubscribeLinks.MailtoFor(mailbox, recipient);
        return core.UnsubscribeLinks.For(mailbox.Account, recipient) is { } page
            ? [(Unsubscribe, $"<{page}>, <{mailto}>"), (Post, OneClick)]
            : [(Unsubscribe, $"<{mailto}>")];
    }
}
