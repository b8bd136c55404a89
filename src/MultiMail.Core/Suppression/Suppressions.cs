using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Suppression;

/// <summary>The addresses that this account sends nothing to.</summary>
public sealed class Suppressions
{
    private const int MaxNote = 500;
    private const string Dashboard = "dashboard";
    private readonly CoreContext _core;

    internal Suppressions(CoreContext core) => _core = core;

    /// <summary>By address.</summary>
    public async Task<SuppressionList> ListAsync(Principal principal, SuppressionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(request);
        principal.Require(Scopes.Read, Scopes.Oversight, Scopes.Admin);
        var faults = new Faults();
        var limit = faults.Number("limit", request.Limit, 50, 1, 100);
        var reason = ReasonOf(request.Reason, faults);
        faults.ThrowIfAny();
        var query = new SuppressionQuery(principal.Account, limit + 1)
        {
            Names = request.Address is null ? null : _core.SuppressionSecrets.NamesOf(principal.Account, Checked(request.Address)),
            Reason = reason,
            Part = request.Search,
            After = request.Cursor ?? string.Empty,
        };
        var rows = await _core.Store.SuppressionsAsync(query, cancellationToken).ConfigureAwait(false);
        var page = rows.Take(limit).ToList();
        return new SuppressionList([.. page.Select(row => View(row, principal))], rows.Count > limit ? CursorOf(page[^1]) : null);
    }

    /// <summary>Never mail this address again. Whoever may send may say so, and only a person takes it back.</summary>
    /// <param name="note">Why, for people; at most 500 characters.</param>
    public async Task<SuppressionView> AddAsync(Principal principal, string? address, string? note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Send, Scopes.Admin);
        principal.RequireLive();
        var faults = new Faults();
        faults.MaxLength("reason", note, MaxNote);
        faults.ThrowIfAny();
        var checkedAddress = Checked(address);
        return await _core.Store.WriteAsync(
            async unit =>
            {
                var row = new Suppressed(principal.Account, checkedAddress, SuppressionReason.Manual, null, principal.PublicId, unit.Now)
                {
                    Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
                };
                await Suppressing.AddAsync(_core, unit, row, _core.Leaves.Simple(principal, LeafNames.SuppressionAdded, null)).ConfigureAwait(false);
                return View(row, principal);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Lifts bounces, and what somebody put there. By a person, or by an operator key over REST: never by an agent. What the
    /// recipient himself asked for stays.
    /// </summary>
    /// <exception cref="RefusalException"><c>oversight_scope_required</c>, <c>not_found</c>; <c>suppressed</c>: nothing that stands can be lifted this way.</exception>
    public async Task<SuppressionRemoval> RemoveAsync(Principal principal, string? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        await RequireAsync(
            principal, principal is { Kind: PrincipalKind.Human } or { Kind: PrincipalKind.Operator, Channel: not "mcp" },
            () => new(ErrorCodes.OversightScopeRequired, "Only a person lifts a suppression.", "Ask for it: POST /v1/requests {\"kind\":\"suppression\",\"address\":ADDRESS,\"evidence\":TEXT}. A person lifts it: `multimail suppression remove ADDRESS`."),
            cancellationToken).ConfigureAwait(false);
        var checkedAddress = Checked(address);
        return await _core.Store.WriteAsync(unit => RemoveAsync(unit, principal, checkedAddress), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Lifts everything that can be lifted, also what the recipient asked for or complained about: by a person, on the page, with evidence
    /// that the recipient consented later.
    /// </summary>
    /// <param name="evidence">10 to 2,000 characters; kept.</param>
    /// <exception cref="RefusalException"><c>oversight_scope_required</c>, <c>invalid_parameter</c>, <c>not_found</c>; <c>suppressed</c>: the address was erased.</exception>
    public async Task<SuppressionRemoval> LiftAsync(Principal principal, string? address, string? evidence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        await RequireAsync(
            principal, principal is { Kind: PrincipalKind.Human, Channel: Dashboard },
            () => new(ErrorCodes.OversightScopeRequired, "Only a person lifts this, on the page.", $"Ask a person to open {PageOf(address)}."),
            cancellationToken).ConfigureAwait(false);
        var checkedAddress = Checked(address);
        var proof = evidence?.Trim() ?? string.Empty;
        return await _core.Store.WriteAsync(
            async unit =>
            {
                var standing = await StandingAsync(unit, principal.Account, checkedAddress).ConfigureAwait(false);
                var lifted = standing.Where(s => s.Reason is not SuppressionReason.Erasure).ToList();
                if (lifted.Exists(s => SuppressionLifting.NeedsConsent(s.Reason)))
                {
                    CheckEvidence(proof);
                }

                return await LiftAsync(unit, principal, checkedAddress, standing, lifted, proof).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was lifted, newest first, with its evidence. For people.</summary>
    /// <param name="address">Null = all.</param>
    public async Task<IReadOnlyList<SuppressionLiftView>> LiftedAsync(Principal person, string? address, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        person.RequirePerson("reads the evidence");
        var rows = await _core.Store.LiftedSuppressionsAsync(person.Account, address is null ? null : Checked(address), limit, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(r => new SuppressionLiftView(r.Address, SuppressionReasons.Name(r.Reason), r.Evidence, r.By, r.At))];
    }

    /// <summary><see cref="RemoveAsync(Principal, string?, CancellationToken)"/> in a unit of the caller's, who has checked that the principal may.</summary>
    internal async ValueTask<SuppressionRemoval> RemoveAsync(IWriteUnit unit, Principal principal, string address)
    {
        var standing = await StandingAsync(unit, principal.Account, address).ConfigureAwait(false);
        return await LiftAsync(unit, principal, address, standing, [.. standing.Where(s => SuppressionLifting.IsPlain(s.Reason))], string.Empty).ConfigureAwait(false);
    }

    /// <summary>
    /// Forgets the address itself, its notes and its evidence, and keeps a keyed hash, which blocks all mail to it for good. The rest of an
    /// erasure is the caller's.
    /// </summary>
    internal async ValueTask EraseAsync(IWriteUnit unit, Principal principal, string address)
    {
        await unit.ForgetSuppressionsAsync(principal.Account, address).ConfigureAwait(false);
        var row = new Suppressed(
            principal.Account, _core.SuppressionSecrets.NameOfErased(principal.Account, address), SuppressionReason.Erasure, null, principal.PublicId, unit.Now);
        if (await unit.AddSuppressionAsync(row).ConfigureAwait(false))
        {
            await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.SuppressionAdded, SuppressionReasons.Name(row.Reason))).ConfigureAwait(false);
        }
    }

    private async ValueTask<IReadOnlyList<Suppressed>> StandingAsync(IWriteUnit unit, AccountId account, string address)
    {
        var standing = await unit.SuppressionsAsync(account, _core.SuppressionSecrets.NamesOf(account, address)).ConfigureAwait(false);
        return standing.Count > 0 ? standing : throw RefusalException.NotFound("suppression");
    }

    private async ValueTask<SuppressionRemoval> LiftAsync(
        IWriteUnit unit, Principal principal, string address, IReadOnlyList<Suppressed> standing, List<Suppressed> lifted, string evidence)
    {
        if (lifted.Count == 0)
        {
            throw standing.Any(s => SuppressionLifting.NeedsConsent(s.Reason)) ? NeedsThePage(address) : Erased();
        }

        foreach (var one in lifted)
        {
            await unit.RemoveSuppressionAsync(principal.Account, address, one.Reason).ConfigureAwait(false);
            var proof = SuppressionLifting.NeedsConsent(one.Reason) ? evidence : null;
            await unit.KeepLiftedAsync(new LiftedSuppression(principal.Account, one.Address, one.Reason, proof, principal.PublicId, unit.Now)).ConfigureAwait(false);
            await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.SuppressionRemoved, SuppressionReasons.Name(one.Reason))).ConfigureAwait(false);
        }

        return new SuppressionRemoval(address, [.. Names(lifted)], [.. Names(standing.Except(lifted))]);
    }

    private async Task RequireAsync(Principal principal, bool may, Func<RefusalException> otherwise, CancellationToken cancellationToken)
    {
        if (!may)
        {
            var refusal = otherwise();
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, null, cancellationToken).ConfigureAwait(false);
            throw refusal;
        }

        principal.RequireLive();
    }

    private RefusalException NeedsThePage(string address) => new(
        ErrorCodes.Suppressed, $"{address} asked for no more mail. Only a person lifts that, on the page, with evidence that the recipient consented later.", $"Open {PageOf(address)}.");

    private static RefusalException Erased() => new(ErrorCodes.Suppressed, "This address was erased at its owner's wish. Nothing lifts that.", "Leave it out.");

    private string PageOf(string? address) => $"{_core.Options.PublicUrl}/suppressions?address={Uri.EscapeDataString(address ?? string.Empty)}";

    private static void CheckEvidence(string evidence)
    {
        var faults = new Faults();
        if (evidence.Length < SuppressionLifting.LeastEvidence)
        {
            faults.Invalid("evidence", "There is no evidence that the recipient consented later.", $"Write how and when the recipient asked for mail again, {SuppressionLifting.LeastEvidence} characters at least.");
        }

        faults.MaxLength("evidence", evidence, SuppressionLifting.MostEvidence);
        faults.ThrowIfAny();
    }

    private static SuppressionReason? ReasonOf(string? given, Faults faults)
    {
        if (given is null)
        {
            return null;
        }

        if (SuppressionReasons.TryParse(given, out var reason))
        {
            return reason;
        }

        faults.OneOf("reason", given, string.Empty, [.. SuppressionReasons.Names]);
        return null;
    }

    private static string Checked(string? address) => MailboxAddress.TryParse(address, out var parsed, out _)
        ? parsed.AddrSpec
        : throw RefusalException.For([new Violation(ErrorCodes.InvalidAddress, "address", "address is no e-mail address.", "Write it as name@example.org.")]);

    private static IEnumerable<string> Names(IEnumerable<Suppressed> rows) => rows.Select(r => SuppressionReasons.Name(r.Reason)).Distinct(StringComparer.Ordinal);

    private static string CursorOf(Suppressed row) => $"{Suppressed.KeyOf(row.Address)} {SuppressionReasons.Name(row.Reason)}";

    private SuppressionView View(Suppressed row, Principal reader) => new(
        row.Reason is SuppressionReason.Erasure ? null : row.Address, SuppressionReasons.Name(row.Reason), _core.Ids.Format(row.Source), row.CreatedBy, row.CreatedAt,
        reader.MayDecide ? row.Note : null);
}
