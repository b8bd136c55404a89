using System.Net;

namespace MultiMail.Mail;

/// <summary>The queries of one check, within the limits of RFC 7208 §4.6.4.</summary>
internal sealed class SpfLookups(IDnsResolver dns, IPAddress client, CancellationToken cancellationToken)
{
    private const int MaxTerms = 10;
    private const int MaxVoid = 2;
    private const int MaxExchanges = 10;
    private const int MaxReverseNames = 10;

    private readonly DnsType addressType = client.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork ? DnsType.Address4 : DnsType.Address6;
    private int terms;
    private int voids;
    private IReadOnlyList<string>? reverseNames;

    /// <summary>Counts a mechanism or redirect= that asks DNS.</summary>
    /// <exception cref="SpfStop">The eleventh.</exception>
    public void CountTerm()
    {
        if (++terms > MaxTerms)
        {
            throw new SpfStop(AuthResult.PermError, $"more than {MaxTerms} terms that ask DNS");
        }
    }

    /// <summary>Text records of a name that holds policies: an empty answer is no void lookup here, its caller judges it.</summary>
    public ValueTask<DnsAnswer> TextAsync(string name) => DnsNames.CanQuery(name)
        ? dns.QueryAsync(name, DnsType.Text, cancellationToken)
        : new(DnsAnswer.None(DnsOutcome.NoSuchName));

    /// <summary>Addresses of a name, of the client's family.</summary>
    public ValueTask<IReadOnlyList<string>> AddressesAsync(string name) => RecordsAsync(name, addressType);

    /// <summary>§5.7: always A, whatever the client's family.</summary>
    public async ValueTask<bool> ExistsAsync(string name) => (await RecordsAsync(name, DnsType.Address4).ConfigureAwait(false)).Count > 0;

    /// <exception cref="SpfStop">More than ten.</exception>
    public async ValueTask<IReadOnlyList<string>> ExchangesAsync(string name)
    {
        var found = await RecordsAsync(name, DnsType.MailExchange).ConfigureAwait(false);
        return found.Count <= MaxExchanges ? found : throw new SpfStop(AuthResult.PermError, $"more than {MaxExchanges} MX records");
    }

    /// <summary>§5.5: names of the client that lead back to it, of the first ten; found once per check. DNS trouble makes fewer, never an error.</summary>
    public async ValueTask<IReadOnlyList<string>> ReverseNamesAsync() => reverseNames ??= await FindReverseNamesAsync().ConfigureAwait(false);

    private async Task<IReadOnlyList<string>> FindReverseNamesAsync()
    {
        var valid = new List<string>();
        var found = await dns.QueryAsync(SpfAddress.ReverseName(client), DnsType.ReverseName, cancellationToken).ConfigureAwait(false);
        CountVoid(found);
        foreach (var name in found.Records.Take(MaxReverseNames).Select(DnsNames.WithoutDot).Where(name => DnsNames.CanQuery(name)))
        {
            var back = await dns.QueryAsync(name, addressType, cancellationToken).ConfigureAwait(false);
            CountVoid(back);
            if (back.Records.Any(address => SpfAddress.Matches(client, address, int.MaxValue)))
            {
                valid.Add(name);
            }
        }

        return valid;
    }

    private async ValueTask<IReadOnlyList<string>> RecordsAsync(string name, DnsType type)
    {
        if (!DnsNames.CanQuery(name))
        {
            return [];
        }

        var answer = await dns.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        if (answer.Outcome is DnsOutcome.TemporaryFailure)
        {
            throw new SpfStop(AuthResult.TempError, $"DNS did not answer for {Printable.Shorten(name)}");
        }

        CountVoid(answer);
        return answer.Records;
    }

    private void CountVoid(DnsAnswer answer)
    {
        if (answer.Outcome is DnsOutcome.NoSuchName or DnsOutcome.NoData && ++voids > MaxVoid)
        {
            throw new SpfStop(AuthResult.PermError, $"more than {MaxVoid} lookups without an answer");
        }
    }
}
