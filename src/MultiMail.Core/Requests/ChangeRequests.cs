using MultiMail.Core.Node;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Requests;

/// <summary>
/// Everything that loosens something: asked for by a key, decided by a person, or by a key with oversight that the asker has no part
/// in. Without oversight a key sees its own lineage's requests only.
/// </summary>
public sealed class ChangeRequests
{
    internal const string AskerGone = "The key that asked was revoked.";
    private readonly CoreContext _core;
    private readonly MailboxDirectory _mailboxes;
    private readonly RequestDesk _desk;

    internal ChangeRequests(CoreContext core, MailboxDirectory mailboxes)
    {
        _core = core;
        _mailboxes = mailboxes;
        _desk = new RequestDesk(core);
    }

    /// <summary>Another mode. Tightening happens at once, and so does what the principal may loosen itself; the rest waits for a person.</summary>
    /// <param name="justification">At most 500 characters, shown as the asker's words.</param>
    public async Task<ModeOutcome> RequestModeAsync(
        Principal principal, string? mailbox, string? targetMode, string? justification, CancellationToken cancellationToken, string? idempotencyKey = null)
    {
        principal.Require(Scopes.Send, Scopes.Admin, Scopes.Oversight);
        var faults = new Faults();
        var found = await _core.Reach.FindAsync(principal, mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        var mode = Mode.GatedSend;
        if (!Modes.TryParse(targetMode, out mode))
        {
            faults.Invalid("target_mode", "target_mode is not a mode.", $"Set target_mode to one of {string.Join(", ", Modes.Names)}.");
        }

        var words = RequestBook.Checked(justification, faults);
        IdempotencyKeys.Check(idempotencyKey, faults);
        faults.ThrowIfAny();
        if (MailboxActs.MayLoosen(principal) || !ModeChange.Loosens(found!.Mode, mode))
        {
            var change = new MailboxChange { OversightMode = Modes.Name(mode) };
            return new ModeSet(await _mailboxes.ChangeAsync(principal, _core.Ids.Format(found!.Id), change, cancellationToken).ConfigureAwait(false));
        }

        var wish = new ModeWish(_core, found.Id, found.Address, found.Mode, mode, found.Version);
        return new ModeAsked(await _core.RequestBook.OpenAsync(principal, wish, words, cancellationToken, idempotencyKey).ConfigureAwait(false));
    }

    /// <summary>Asks that mail may go again to an address that bounced. Needs admin.</summary>
    /// <param name="evidence">Why the address exists: 1 to 2,000 characters.</param>
    public async Task<RequestReceipt> RequestLiftAsync(
        Principal principal, string? address, string? evidence, string? justification, CancellationToken cancellationToken, string? idempotencyKey = null)
    {
        principal.Require(Scopes.Admin);
        principal.RequireLive();
        var faults = new Faults();
        if (!MailboxAddress.TryParse(address, out var parsed, out _))
        {
            faults.Add(ErrorCodes.InvalidAddress, "address", "address is no e-mail address.", "Write it as name@example.org.");
        }

        if (string.IsNullOrWhiteSpace(evidence) || !RequestBook.IsText(evidence))
        {
            faults.Invalid("evidence", "evidence is missing.", "Say how you know that the address takes mail.");
        }

        faults.MaxLength("evidence", evidence, LiftWish.MaxEvidence);
        var words = RequestBook.Checked(justification, faults);
        IdempotencyKeys.Check(idempotencyKey, faults);
        faults.ThrowIfAny();
        var wish = new LiftWish(_core, Suppressed.KeyOf(parsed!.AddrSpec), evidence!.Trim());
        if ((await wish.PictureAsync(principal.Account, cancellationToken).ConfigureAwait(false)).Obstacle is { } obstacle)
        {
            throw new RefusalException(
                ErrorCodes.InvalidParameter, obstacle, "Only a bounce is lifted on request. A complaint or an unsubscribe stays; for the rest ask a person: `multimail suppression remove ADDRESS`.");
        }

        return await _core.RequestBook.OpenAsync(principal, wish, words, cancellationToken, idempotencyKey).ConfigureAwait(false);
    }

    /// <summary>Newest first.</summary>
    public async Task<RequestList> ListAsync(Principal principal, RequestListRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Send, Scopes.Oversight);
        var faults = new Faults();
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        var status = faults.OneOf("status", request.Status, "pending", "pending", "approved", "rejected", "expired", "all");
        faults.ThrowIfAny();
        if (!principal.Sees(World.Live))
        {
            return new RequestList([], null, 0); // requests change what live mail shares
        }

        var query = QueryOf(principal, status == "all" ? null : Enum.Parse<RequestStatus>(status, ignoreCase: true)) with
        {
            Cursor = Cursors.Number(request.Cursor) is { } at ? new RequestId(at) : null,
            Limit = limit + 1,
        };
        var found = await _core.Store.RequestsAsync(query, cancellationToken).ConfigureAwait(false);
        var total = await _core.Store.CountRequestsAsync(query, cancellationToken).ConfigureAwait(false);
        var names = await KeyNamesAsync(principal, cancellationToken).ConfigureAwait(false);
        var addresses = new Dictionary<MailboxId, string?>();
        var rows = new List<RequestRow>();
        foreach (var one in found.Take(limit))
        {
            rows.Add(await RowAsync(one, names, addresses, cancellationToken).ConfigureAwait(false));
        }

        return new RequestList(rows, found.Count > limit ? Cursors.Of(found[limit - 1].Id.Value) : null, total);
    }

    /// <summary>How many wait for the principal, or of its lineage.</summary>
    public async Task<int> CountPendingAsync(Principal principal, CancellationToken cancellationToken) => principal.Sees(World.Live)
        ? await _core.Store.CountRequestsAsync(QueryOf(principal, RequestStatus.Pending), cancellationToken).ConfigureAwait(false)
        : 0;

    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public async Task<RequestView> GetAsync(Principal principal, string? requestId, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read, Scopes.Send, Scopes.Oversight);
        var request = _core.Ids.TryParse<RequestId>(requestId, out var id)
            ? await _core.Store.RequestAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) : null;
        return request is not null && principal.Sees(World.Live) && Shows(principal, request)
            ? await ViewAsync(principal, request, cancellationToken).ConfigureAwait(false)
            : throw RefusalException.NotFound("request");
    }

    /// <summary>Makes the change. Over MCP nobody approves.</summary>
    /// <param name="digest"><c>sha256:…</c> of what was shown.</param>
    /// <exception cref="RefusalException">
    /// <c>scope_missing</c>, <c>live_key_required</c>, <c>oversight_scope_required</c>, <c>not_found</c>, <c>self_approval_forbidden</c>,
    /// <c>already_decided</c>, <c>request_expired</c>, <c>digest_mismatch</c>, <c>version_conflict</c>, <c>address_taken</c>
    /// </exception>
    public Task<RequestDecisionReceipt> ApproveAsync(Principal principal, string? requestId, string? digest, string? note, CancellationToken cancellationToken) =>
        _desk.DecideAsync(principal, requestId, digest, note, approve: true, cancellationToken);

    /// <summary>Nothing is changed. Needs a reason, which whoever asked reads.</summary>
    public Task<RequestDecisionReceipt> RejectAsync(Principal principal, string? requestId, string? digest, string? reason, CancellationToken cancellationToken) =>
        _desk.DecideAsync(principal, requestId, digest, reason, approve: false, cancellationToken);

    internal static bool Shows(Principal principal, ChangeRequest request) =>
        request.Lineage == principal.Lineage ||
        (Oversees(principal) && (request.Mailbox is { } mailbox ? principal.Uses(mailbox) : principal.Mailboxes is null));

    private static bool Oversees(Principal principal) => principal.MayDecide && principal.Kind is not PrincipalKind.Agent;

    private static ChangeRequestQuery QueryOf(Principal principal, RequestStatus? status) => Oversees(principal)
        ? new ChangeRequestQuery(principal.Account, null, principal.Mailboxes, status, null, 1)
        : new ChangeRequestQuery(principal.Account, principal.Lineage, null, status, null, 1);

    private async Task<IReadOnlyDictionary<string, string>> KeyNamesAsync(Principal principal, CancellationToken cancellationToken) => Oversees(principal)
        ? (await _core.Store.KeysAsync(principal.Account, cancellationToken).ConfigureAwait(false)).ToDictionary(k => _core.Ids.Format(k.Id), k => k.Name, StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private async Task<RequestRow> RowAsync(
        ChangeRequest request, IReadOnlyDictionary<string, string> names, Dictionary<MailboxId, string?> addresses, CancellationToken cancellationToken)
    {
        string? address = null;
        if (request.Mailbox is { } id && !addresses.TryGetValue(id, out address))
        {
            address = (await _core.Store.MailboxAsync(request.Account, id, cancellationToken).ConfigureAwait(false))?.Address;
            addresses[id] = address;
        }

        return new RequestRow(
            _core.Ids.Format(request.Id), request.Kind, RequestStatuses.Name(request.Status), Digests.Text(request.Digest), _core.RequestKinds.Read(request).Sentence,
            address, request.RequestedBy, names.GetValueOrDefault(request.RequestedBy), request.CreatedAt, request.ExpiresAt, _core.RequestBook.Url(request.Id));
    }

    private async Task<RequestView> ViewAsync(Principal principal, ChangeRequest request, CancellationToken cancellationToken)
    {
        var change = _core.RequestKinds.Read(request);
        var row = await RowAsync(request, await KeyNamesAsync(principal, cancellationToken).ConfigureAwait(false), [], cancellationToken).ConfigureAwait(false);
        var picture = await change.PictureAsync(request.Account, cancellationToken).ConfigureAwait(false);
        var decisions = await _core.Store.RequestDecisionsOfAsync(request.Account, request.Id, cancellationToken).ConfigureAwait(false);
        var account = await _core.Store.GetAccountAsync(request.Account, cancellationToken).ConfigureAwait(false);
        var obstacle = request.Status is not RequestStatus.Pending ? null
            : await IsAskerGoneAsync(request, cancellationToken).ConfigureAwait(false) ? AskerGone : picture.Obstacle;
        return new RequestView(
            row.RequestId, row.Kind, row.Status, row.Digest, row.Summary, picture.Lines, row.Mailbox, request.Justification, row.RequestedBy, row.RequestedByName,
            row.RequestedAt, row.ExpiresAt, obstacle,
            decisions.Where(d => d.Verb == "approve").Select(d => d.Owner).Distinct(StringComparer.Ordinal).Count(), account!.DualControl ? 2 : 1,
            [.. decisions.Select(d => new DecisionView(_core.Ids.Format(d.Id), d.Verb, d.DecidedBy, d.Channel, d.Reason, d.DecidedAt, Digests.Text(d.Digest)))],
            row.ApprovalUrl);
    }

    private async Task<bool> IsAskerGoneAsync(ChangeRequest request, CancellationToken cancellationToken) =>
        _core.Ids.TryParse<ApiKeyId>(request.RequestedBy, out var key) &&
        (await _core.Store.KeysAsync(request.Account, cancellationToken).ConfigureAwait(false)).FirstOrDefault(k => k.Id == key) is null or { RevokedAt: not null };
}
