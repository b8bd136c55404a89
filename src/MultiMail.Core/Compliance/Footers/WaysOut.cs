using MultiMail.Core.Node;

namespace MultiMail.Core.Compliance.Footers;

/// <summary>How the one recipient of a message gets off the list.</summary>
/// <param name="Page">The https page; null without a public https address.</param>
/// <param name="Headers">What mail programs unsubscribe by (RFC 2369, RFC 8058).</param>
internal sealed record WaysOut(string? Page, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>For copies that go to several: none of them has a link of its own.</summary>
    public static WaysOut None { get; } = new(null, []);

    public static WaysOut For(CoreContext core, Mailbox mailbox, string recipient) =>
        new(core.UnsubscribeLinks.For(mailbox.Account, recipient), core.ListHeaders.For(mailbox, recipient));
}
