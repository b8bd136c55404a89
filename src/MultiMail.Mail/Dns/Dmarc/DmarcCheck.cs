namespace MultiMail.Mail;

/// <summary>One message's check.</summary>
internal sealed class DmarcCheck(string domain, IDnsResolver dns, CancellationToken cancellationToken)
{
    private readonly DmarcWalk walk = new(dns, cancellationToken);

    /// <exception cref="DmarcSilence">No answer where it decides.</exception>
    public async Task<DmarcVerdict> RunAsync(SpfVerdict? spf, IReadOnlyList<DkimVerdict> dkim)
    {
        var organization = await walk.UpFromAsync(domain).ConfigureAwait(false);
        var (holder, record) = Applicable(organization);
        var spfAligned = spf is { Result: AuthResult.Pass } && await AlignsAsync(spf.Domain, organization.Domain, record?.StrictSpf ?? false).ConfigureAwait(false);
        var dkimAligned = await AnyAlignsAsync(dkim, AuthResult.Pass, organization.Domain, record).ConfigureAwait(false);
        var verdict = new DmarcVerdict(AuthResult.None, domain, organization.Domain, DmarcPolicy.None, string.Empty, spfAligned, dkimAligned, string.Empty);
        if (record is null || (record.Policy is null && !record.HasReports))
        {
            // §4.10.1: a record without a valid p= counts only when it wants reports, and then says none.
            return verdict with { Reason = record is null ? "the domain has no DMARC record" : "the record has no policy" };
        }

        verdict = verdict with { PolicyDomain = holder, Policy = await PolicyAsync(record, holder).ConfigureAwait(false) };
        if (verdict.Aligned)
        {
            return verdict with { Result = AuthResult.Pass };
        }

        // What could still have passed is not yet a fail.
        var open = spf is { Result: AuthResult.TempError } && await AlignsAsync(spf.Domain, organization.Domain, record.StrictSpf).ConfigureAwait(false);
        open = open || await AnyAlignsAsync(dkim, AuthResult.TempError, organization.Domain, record).ConfigureAwait(false);
        return open
            ? verdict with { Result = AuthResult.TempError, Reason = "DNS did not answer for what could align" }
            : verdict with { Result = AuthResult.Fail, Reason = "nothing that passed is aligned with From" };
    }

    // §4.10.1: the domain's own record, else that of its organization, else that of the suffix above.
    private (string Holder, DmarcRecord? Record) Applicable(DmarcOrganization organization) => organization switch
    {
        { Own: { } own } => (domain, own),
        { Organizational: { } record } => (organization.Domain, record),
        { Suffix: { } suffix } => (suffix.Domain, suffix.Record),
        _ => (string.Empty, null),
    };

    private async Task<bool> AnyAlignsAsync(IReadOnlyList<DkimVerdict> dkim, AuthResult result, string organization, DmarcRecord? record)
    {
        foreach (var signer in dkim.Where(verdict => verdict.Result == result).Select(verdict => verdict.Domain).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (await AlignsAsync(signer, organization, record?.StrictDkim ?? false).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    // §4.4: the same domain, or in relaxed mode of the same organization. What lies outside it needs no walk.
    private async Task<bool> AlignsAsync(string other, string organization, bool strict)
    {
        if (DnsNames.Same(other, domain))
        {
            return true;
        }

        if (strict || !DnsNames.IsDomain(other) || !DnsNames.IsWithin(other, organization))
        {
            return false;
        }

        return DnsNames.Same((await walk.UpFromAsync(other.ToLowerInvariant()).ConfigureAwait(false)).Domain, organization);
    }

    private async Task<DmarcPolicy> PolicyAsync(DmarcRecord record, string holder)
    {
        var own = record.Policy ?? DmarcPolicy.None;
        var policy = own;
        if (!DnsNames.Same(holder, domain))
        {
            var below = record.SubdomainPolicy ?? own;
            policy = record.NonexistentPolicy is { } nonexistent && !await ExistsAsync().ConfigureAwait(false) ? nonexistent : below;
        }

        // §4.7, t=: one step milder.
        return record.Testing && policy is not DmarcPolicy.None ? policy - 1 : policy;
    }

    // §3.2: no A, no AAAA and no MX. Silence is no proof of absence.
    private async Task<bool> ExistsAsync()
    {
        foreach (var type in new[] { DnsType.MailExchange, DnsType.Address4, DnsType.Address6 })
        {
            var answer = await dns.QueryAsync(domain, type, cancellationToken).ConfigureAwait(false);
            if (answer.Outcome is DnsOutcome.Found or DnsOutcome.TemporaryFailure)
            {
                return true;
            }
        }

        return false;
    }
}
