using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Suppression;

/// <summary>The addresses that this account sends nothing to.</summary>
public sealed class Suppressions
{
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
        faults.ThrowIfAny();
        var only = request.Address is null ? null : Checked(request.Address);
        var rows = await _core.Store.SuppressionsAsync(principal.Account, only, request.Cursor ?? string.Empty, limit + 1, cancellationToken).ConfigureAwait(false);
        var page = rows.Take(limit).ToList();
        return new SuppressionList([.. page.Select(View)], rows.Count > limit ? CursorOf(page[^1]) : null);
    }

    /// <summary>By a person, or a key with the admin scope.</summary>
    public async Task<SuppressionView> AddAsync(Principal principal, string? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Admin);
        principal.RequireLive();
        var checkedAddress = Checked(address);
        return await _core.Store.WriteAsync(
            async unit =>
            {
                var row = new Suppressed(principal.Account, checkedAddress, SuppressionReason.Manual, null, principal.PublicId, unit.Now);
                if (await unit.AddSuppressionAsync(row).ConfigureAwait(false))
                {
                    await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.SuppressionAdded, SuppressionReasons.Name(row.Reason))).ConfigureAwait(false);
                }

                return View(row);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lifts every reason that stands for the address. By a person, or by an operator key over REST: never by an agent.</summary>
    /// <exception cref="RefusalException"><c>oversight_scope_required</c>, <c>not_found</c></exception>
    public async Task RemoveAsync(Principal principal, string? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Kind is not (PrincipalKind.Human or PrincipalKind.Operator))
        {
            var refusal = new RefusalException(
                ErrorCodes.OversightScopeRequired, "Only a person lifts a suppression.", "Ask for it: POST /v1/requests {\"kind\":\"suppression\",\"address\":ADDRESS,\"evidence\":TEXT}. A person lifts it: `multimail suppression remove ADDRESS`.");
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, null, cancellationToken).ConfigureAwait(false);
            throw refusal;
        }

        principal.RequireLive();
        var checkedAddress = Checked(address);
        await _core.Store.WriteAsync(
            async unit =>
            {
                await Suppressing.LiftAsync(_core, unit, principal, checkedAddress).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static string Checked(string? address) => MailboxAddress.TryParse(address, out var parsed, out _)
        ? parsed.AddrSpec
        : throw RefusalException.For([new Violation(ErrorCodes.InvalidAddress, "address", "address is no e-mail address.", "Write it as name@example.org.")]);

    private static string CursorOf(Suppressed row) => $"{Suppressed.KeyOf(row.Address)} {SuppressionReasons.Name(row.Reason)}";

    private SuppressionView View(Suppressed row) =>
        new(row.Address, SuppressionReasons.Name(row.Reason), _core.Ids.Format(row.Source), row.CreatedBy, row.CreatedAt);
}
