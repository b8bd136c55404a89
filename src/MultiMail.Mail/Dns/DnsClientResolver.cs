using DnsClient;
using DnsClient.Protocol;
using System.Globalization;
using System.Net;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Asks real name servers over UDP, and TCP where an answer is cut. Answers are cached as long as their TTL allows. Safe for many callers at once.</summary>
public sealed class DnsClientResolver : IDnsResolver
{
    private readonly LookupClient client;

    /// <param name="servers">Null or empty = the system's.</param>
    /// <param name="timeout">Of one attempt; 2 s unless said. A name is tried twice.</param>
    public DnsClientResolver(IReadOnlyList<IPEndPoint>? servers = null, TimeSpan? timeout = null)
    {
        var options = servers is { Count: > 0 } ? new LookupClientOptions([.. servers]) : new LookupClientOptions();
        options.Timeout = timeout ?? TimeSpan.FromSeconds(2);
        options.Retries = 1;
        options.UseCache = true;
        options.UseTcpFallback = true;
        options.ThrowDnsErrors = false;
        client = new LookupClient(options);
    }

    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        if (!DnsNames.CanQuery(name))
        {
            return DnsAnswer.None(DnsOutcome.NoSuchName);
        }

        try
        {
            return Read(await client.QueryAsync(name, Wire(type), QueryClass.IN, cancellationToken).ConfigureAwait(false), type);
        }
        catch (DnsResponseException)
        {
            return Trouble(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The client's own clock ran out, unless it was the caller.
            return Trouble(cancellationToken);
        }
        catch (ArgumentException)
        {
            // The client finds no wire form for the name, such as an A-label that decodes to nothing.
            return DnsAnswer.None(DnsOutcome.NoSuchName);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return Trouble(cancellationToken);
        }
    }

    private static DnsAnswer Trouble(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return DnsAnswer.None(DnsOutcome.TemporaryFailure);
    }

    private static QueryType Wire(DnsType type) => type switch
    {
        DnsType.Address4 => QueryType.A,
        DnsType.Address6 => QueryType.AAAA,
        DnsType.MailExchange => QueryType.MX,
        DnsType.ReverseName => QueryType.PTR,
        DnsType.Text => QueryType.TXT,
        DnsType.Alias => QueryType.CNAME,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static DnsAnswer Read(IDnsQueryResponse response, DnsType type)
    {
        if (response.HasError)
        {
            return DnsAnswer.None(
                response.Header.ResponseCode is DnsHeaderResponseCode.NotExistentDomain ? DnsOutcome.NoSuchName : DnsOutcome.TemporaryFailure);
        }

        var records = Records(response.Answers, type).ToList();
        return records.Count == 0 ? DnsAnswer.None(DnsOutcome.NoData) : DnsAnswer.Found(records);
    }

    private static IEnumerable<string> Records(IReadOnlyList<DnsResourceRecord> answers, DnsType type) => type switch
    {
        DnsType.Address4 => answers.OfType<ARecord>().Select(record => record.Address.ToString()),
        DnsType.Address6 => answers.OfType<AaaaRecord>().Select(record => record.Address.ToString()),
        DnsType.MailExchange => answers.OfType<MxRecord>().OrderBy(record => record.Preference).Select(record => DnsNames.WithoutDot(record.Exchange.Value)),
        DnsType.ReverseName => answers.OfType<PtrRecord>().Select(record => DnsNames.WithoutDot(record.PtrDomainName.Value)),
        DnsType.Text => answers.OfType<TxtRecord>().Select(record => string.Concat(record.Text.Zip(record.EscapedText, Octets))),
        _ => answers.OfType<CNameRecord>().Select(record => DnsNames.WithoutDot(record.CanonicalName.Value)),
    };

    // The client decodes strings as UTF-8, which keeps every octet of what is UTF-8. For the rest there is its form with \ddd for
    // octets outside ASCII; that one leaves a backslash as it is, so it is the second choice.
    private static string Octets(string text, string escaped) =>
        text.Contains('\uFFFD', StringComparison.Ordinal) ? Unescape(escaped) : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '\\' && i + 3 < escaped.Length && byte.TryParse(escaped.AsSpan(i + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                text.Append((char)octet);
                i += 3;
            }
            else
            {
                text.Append(escaped[i]);
            }
        }

        return text.ToString();
    }
}
