using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>
/// Own domains. Mailboxes at them may be made at once; their mail leaves the server only after our DKIM record was seen in DNS,
/// which shows that whoever registered the domain here may change it there.
/// </summary>
public sealed class Domains
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);
    private readonly CoreContext _core;
    private readonly DomainRecords _records;

    internal Domains(CoreContext core)
    {
        _core = core;
        _records = new DomainRecords(core);
    }

    /// <summary>Registers a domain and makes its signing key.</summary>
    public async Task<DomainView> AddAsync(Principal principal, string? name, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(principal);
        var domain = new Domain(_core.NewId<DomainId>(), principal.Account, Checked(name), default);
        var added = await _core.Store.WriteAsync(
            async unit =>
            {
                var born = domain with { CreatedAt = unit.Now };
                await unit.InsertDomainAsync(born).ConfigureAwait(false);
                await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.DomainAdded, null) with { Result = _core.Ids.Format(born.Id) }).ConfigureAwait(false);
                return born;
            },
            cancellationToken).Refusing("domain.name", "name", "This domain is registered already.").ConfigureAwait(false);
        await EnsureKeyAsync(added, cancellationToken).ConfigureAwait(false);
        return View(added, await _records.OfAsync(added, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>All of them, by name, with the records to publish and what the last look found.</summary>
    public async Task<DomainList> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(principal);
        var views = new List<DomainView>();
        foreach (var domain in await _core.Store.DomainsAsync(principal.Account, cancellationToken).ConfigureAwait(false))
        {
            await EnsureKeyAsync(domain, cancellationToken).ConfigureAwait(false);
            views.Add(View(domain, await _records.OfAsync(domain, cancellationToken).ConfigureAwait(false)));
        }

        return new DomainList(views, null);
    }

    /// <summary>Looks at DNS now, 10 s at most.</summary>
    /// <param name="domain">Id or name.</param>
    public async Task<DomainView> CheckAsync(Principal principal, string? domain, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(principal);
        var all = await _core.Store.DomainsAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var found = all.FirstOrDefault(d => _core.Ids.Format(d.Id) == domain || string.Equals(d.Name, domain?.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw RefusalException.NotFound("domain");
        await EnsureKeyAsync(found, cancellationToken).ConfigureAwait(false);
        return await LookAsync(found, principal.LeafActor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks at pending domains by itself, each once an hour.</summary>
    /// <returns>How many were looked at.</returns>
    public async Task<int> CheckPendingAsync(CancellationToken cancellationToken)
    {
        if (_core.Options.Dns is null || await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return 0;
        }

        var due = _core.Clock.GetUtcNow() - LookAgain;
        var pending = (await _core.Store.DomainsAsync(account.Id, cancellationToken).ConfigureAwait(false))
            .Where(d => d.VerifiedAt is null && (d.CheckedAt ?? d.CreatedAt) <= due).ToList();
        foreach (var domain in pending)
        {
            await LookAsync(domain, LeafActor.System, cancellationToken).ConfigureAwait(false);
        }

        return pending.Count;
    }

    internal async Task<DomainView> LookAsync(Domain domain, LeafActor actor, CancellationToken cancellationToken)
    {
        var records = await _records.OfAsync(domain with { CheckedAt = null }, cancellationToken).ConfigureAwait(false);
        var seen = await AskAsync(records, cancellationToken).ConfigureAwait(false);
        if (seen.All(r => r.State is "unknown"))
        {
            return View(domain, seen);
        }

        var verified = seen.Any(r => r is { Purpose: "dkim", State: "found" });
        var found = string.Join(',', seen.Where(r => r.State == "found").Select(r => r.Purpose).Distinct(StringComparer.Ordinal));
        var now = await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.SetDomainCheckedAsync(domain.Account, domain.Id, verified, found).ConfigureAwait(false);
                if (verified && domain.VerifiedAt is null)
                {
                    var leaf = _core.Leaves.Of(domain.Account, LeafNames.ConfigChanged, actor) with { Reason = "domain_verified", Result = _core.Ids.Format(domain.Id) };
                    await unit.AppendLeafAsync(leaf).ConfigureAwait(false);
                }

                return unit.Now;
            },
            cancellationToken).ConfigureAwait(false);
        return View(domain with { CheckedAt = now, VerifiedAt = domain.VerifiedAt ?? (verified ? now : null), Seen = found }, seen);
    }

    private async Task<IReadOnlyList<DnsRecordView>> AskAsync(IReadOnlyList<DnsRecordView> records, CancellationToken cancellationToken)
    {
        if (_core.Options.Dns is not { } dns)
        {
            return Unknown(records, "This process cannot ask DNS.");
        }

        using var limit = new CancellationTokenSource(AnswerWithin, _core.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await new DomainLook(dns).AtAsync(records, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unknown(records, "DNS did not answer within 10 seconds: look again later.");
        }
    }

    private static List<DnsRecordView> Unknown(IReadOnlyList<DnsRecordView> records, string remark) =>
        [.. records.Select(r => r with { State = "unknown", Remark = remark })];

    private ValueTask EnsureKeyAsync(Domain domain, CancellationToken cancellationToken) => _core.DomainKeys.EnsureAsync(domain.Account, domain.Name, cancellationToken);

    private static string Checked(string? name)
    {
        string? fault = null;
        return MailboxAddress.TryParse($"postmaster@{name}", out var address, out fault) && address.Domain != LocalDomain.Name && address.Domain.Contains('.', StringComparison.Ordinal)
            ? address.Domain
            : throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "name", $"name is not a domain that can be registered{(fault is null ? string.Empty : $": {fault}")}.", "Give a domain name like example.org.")]);
    }

    private DomainView View(Domain domain, IReadOnlyList<DnsRecordView> records) => new(
        _core.Ids.Format(domain.Id), domain.Name, domain.VerifiedAt is null ? "pending" : "verified", domain.VerifiedAt, domain.CheckedAt, domain.CreatedAt, records);
}
