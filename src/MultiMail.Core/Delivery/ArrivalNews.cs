using MultiMail.Core.Inbound;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>What a message that came in says about mail that we sent.</summary>
/// <param name="Named">Message-ID fields it names as its conversation.</param>
/// <param name="OwnField">Its own Message-ID field: our own message may come back to us.</param>
/// <param name="Note">For a transition it leads to; made before the unit.</param>
/// <param name="Complaint">Id of the event, should it be a complaint.</param>
/// <param name="Vouched">The domain of From, when SPF or DKIM showed that it sent this; null = anybody may have.</param>
internal sealed record ArrivalNews(
    Provenance Provenance, DeliveryReport? Report, IReadOnlyList<string> Named, string? OwnField, string? From, TransitionNote Note, EventId Complaint, string? Vouched = null)
{
    /// <summary>It asks for no more mail.</summary>
    public UnsubscribeWish? Unsubscribe { get; init; }

    /// <summary>
    /// It comes from the organization that holds the address. Everybody who got a message knows its ids: where there were several,
    /// the ids alone do not tell who speaks.
    /// </summary>
    public bool SpeaksFor(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        return Vouched is { } by && (Same(by, domain) || IsWithin(by, domain) || IsWithin(domain, by));
    }

    /// <summary>The author is who From says.</summary>
    public bool IsFrom(string address) => Vouched is not null && From is not null && Same(From, address);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsWithin(string name, string parent) => name.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase);
}
