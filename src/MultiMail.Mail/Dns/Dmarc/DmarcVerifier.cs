namespace MultiMail.Mail;

/// <summary>Asks whether SPF or DKIM passed for the domain in From (RFC 9989 §4). Never throws for what a message or a server says.</summary>
public static class DmarcVerifier
{
    /// <param name="fromDomain">The one domain of the authors, as A-labels.</param>
    /// <param name="spf">Null = the client is not known.</param>
    /// <param name="dns">Should remember answers: walks from several domains meet.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<DmarcVerdict> CheckAsync(
        string fromDomain, SpfVerdict? spf, IReadOnlyList<DkimVerdict> dkim, IDnsResolver dns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fromDomain);
        ArgumentNullException.ThrowIfNull(dkim);
        ArgumentNullException.ThrowIfNull(dns);
        var domain = fromDomain.ToLowerInvariant();
        if (!DnsNames.IsDomain(domain))
        {
            return Unusable(AuthResult.PermError, string.Empty, "From has no domain");
        }

        try
        {
            return await new DmarcCheck(domain, dns, cancellationToken).RunAsync(spf, dkim).ConfigureAwait(false);
        }
        catch (DmarcSilence silence)
        {
            return Unusable(AuthResult.TempError, domain, silence.Message);
        }
    }

    internal static DmarcVerdict Unusable(AuthResult result, string domain, string reason) =>
        new(result, domain, string.Empty, DmarcPolicy.None, string.Empty, SpfAligned: false, DkimAligned: false, reason);
}
