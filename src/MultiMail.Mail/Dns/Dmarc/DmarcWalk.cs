namespace MultiMail.Mail;

/// <summary>DNS fell silent where the answer decides.</summary>
internal sealed class DmarcSilence(string name) : Exception($"DNS did not answer for {Printable.Shorten(name)}");

/// <summary>Where a walk up from a domain led.</summary>
/// <param name="Own">The record at the domain itself.</param>
/// <param name="Organizational">The record at <paramref name="Domain"/>.</param>
/// <param name="Suffix">The record of the public suffix above it (psd=y), when the walk met one.</param>
internal sealed record DmarcOrganization(string Domain, DmarcRecord? Own, DmarcRecord? Organizational, (string Domain, DmarcRecord Record)? Suffix);

/// <summary>The DNS tree walk of RFC 9989 §4.10, which finds what used to take a list of public suffixes. At most eight queries each.</summary>
internal sealed class DmarcWalk(IDnsResolver dns, CancellationToken cancellationToken)
{
    private const int MostLabels = 7;

    /// <exception cref="DmarcSilence">No answer.</exception>
    public async Task<DmarcOrganization> UpFromAsync(string start)
    {
        DmarcRecord? own = null;
        (string Domain, DmarcRecord Record)? highest = null;
        foreach (var name in Names(start))
        {
            if (await RecordAsync(name).ConfigureAwait(false) is not { } record)
            {
                continue;
            }

            var isStart = name.Length == start.Length;
            own = isStart ? record : own;
            if (record.PublicSuffix == 'y' && !isStart)
            {
                return await BelowSuffixAsync(start, own, name, record).ConfigureAwait(false);
            }

            highest = (name, record);
            if (record.PublicSuffix != 'u')
            {
                break;
            }
        }

        return new DmarcOrganization(highest?.Domain ?? start, own, highest?.Record, null);
    }

    private async Task<DmarcOrganization> BelowSuffixAsync(string start, DmarcRecord? own, string suffix, DmarcRecord record)
    {
        var below = Right(start, DnsNames.Labels(suffix) + 1);
        return new DmarcOrganization(below, own, await RecordAsync(below).ConfigureAwait(false), (suffix, record));
    }

    // §4.10: the name itself, then without its left label, a long one cut to seven labels first.
    private static IEnumerable<string> Names(string start)
    {
        yield return start;
        for (var labels = Math.Min(DnsNames.Labels(start) - 1, MostLabels); labels > 0; labels--)
        {
            yield return Right(start, labels);
        }
    }

    private static string Right(string name, int labels)
    {
        var at = name.Length;
        for (; labels > 0 && at > 0; labels--)
        {
            at = name.LastIndexOf('.', at - 1);
        }

        return at <= 0 ? name : name[(at + 1)..];
    }

    // Several records are as none.
    private async ValueTask<DmarcRecord?> RecordAsync(string domain)
    {
        var answer = await dns.QueryAsync($"_dmarc.{domain}", DnsType.Text, cancellationToken).ConfigureAwait(false);
        if (answer.Outcome is DnsOutcome.TemporaryFailure)
        {
            throw new DmarcSilence(domain);
        }

        var records = answer.Records.Select(DmarcRecord.Parse).OfType<DmarcRecord>().Take(2).ToList();
        return records.Count == 1 ? records[0] : null;
    }
}
