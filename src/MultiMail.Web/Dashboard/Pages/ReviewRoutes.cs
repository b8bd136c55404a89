using MultiMail.Core.Oversight;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>One message as it will leave, and the decision about exactly that.</summary>
internal static class ReviewRoutes
{
    private delegate Task<DecisionReceipt> Decide(Principal person, DecisionRequest request, CancellationToken cancellationToken);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/pending/{id}", call => ShowAsync(call));
        routes.MapForm("/pending/{id}/approve", (call, form) => DecideAsync(call, form, call.Node.Decisions.ApproveAsync));
        routes.MapForm("/pending/{id}/reject", (call, form) => DecideAsync(call, form, call.Node.Decisions.RejectAsync));

        // One form, two buttons: whatever class is chosen, only a rejection has one.
        routes.MapForm("/pending/{id}/request-changes", (call, form) => DecideAsync(
            call, form, (person, request, token) => call.Node.Decisions.RequestChangesAsync(person, request with { ReasonClass = null }, token)));
    }

    private static async Task ShowAsync(PageCall call, RefusalException? refused = null, string? reason = null)
    {
        var review = await call.Node.Pending.ReviewAsync(call.Person, call.Id, call.Aborted);
        await call.ShowAsync<ReviewPage>("Review", "queue", new ReviewModel(review, call.Person.PublicId, reason), refused);
    }

    private static async Task DecideAsync(PageCall call, IFormCollection form, Decide decide)
    {
        var reason = form.Typed("reason");
        try
        {
            // The form carries the digest of what was on the screen. Without one nothing is decided, whatever the message's history.
            var digest = form.Typed("digest")
                ?? throw new RefusalException(ErrorCodes.DigestMismatch, "The form does not say which revision was shown.");
            await decide(call.Person, new DecisionRequest(call.Id, digest, reason) { ReasonClass = form.Typed("reason_class") }, call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await ShowAsync(call, refused, reason);
            return;
        }

        await call.SeeAsync($"/pending/{Uri.EscapeDataString(call.Id ?? string.Empty)}");
    }
}

/// <param name="Reason">What the person typed before the act was refused.</param>
public sealed record ReviewModel(PendingReview Review, string PersonId, string? Reason)
{
    public PendingView Item => Review.Item;

    public bool IsInbound => Item.Kind == "inbound";

    public bool Waits => Review.Status is "pending" or "held";

    /// <summary>Approved, but not yet on its way: a person can still take it back.</summary>
    public bool CanBeTakenBack => Review.Status is "scheduled" or "queued";

    /// <summary>This person has approved the revision on the screen and another one is still needed.</summary>
    public bool WaitsForAnother =>
        Waits && Review.Decisions.Any(d => d.DecidedBy == PersonId && d.Decision == "approve" && d.Digest == Item.Digest);
}
