using MultiMail.Core.Inbound;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>What a message that came in says about mail that we sent.</summary>
/// <param name="Named">Message-ID fields it names as its conversation.</param>
/// <param name="OwnField">Its own Message-ID field: our own message may come back to us.</param>
/// <param name="Note">For a transition it leads to; made before the unit.</param>
/// <param name="Complaint">Id of the event, should it be a complaint.</param>
internal sealed record ArrivalNews(
    Provenance Provenance, DeliveryReport? Report, IReadOnlyList<string> Named, string? OwnField, string? From, TransitionNote Note, EventId Complaint);
