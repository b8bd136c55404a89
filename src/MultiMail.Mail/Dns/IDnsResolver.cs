namespace MultiMail.Mail;

/// <summary>Asks the domain name system. Never throws for what a server answers or fails to answer; the caller's cancellation does throw.</summary>
public interface IDnsResolver
{
    /// <param name="name">Without trailing dot. A name that no server could hold (a label over 63 octets, a name over 253) is <see cref="DnsOutcome.NoSuchName"/> without a query.</param>
    ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken);
}

public enum DnsType
{
    /// <summary>A</summary>
    Address4,

    /// <summary>AAAA</summary>
    Address6,

    /// <summary>MX</summary>
    MailExchange,

    /// <summary>PTR</summary>
    ReverseName,

    /// <summary>TXT</summary>
    Text,

    /// <summary>CNAME</summary>
    Alias,
}

public enum DnsOutcome
{
    Found,

    /// <summary>NXDOMAIN.</summary>
    NoSuchName,

    /// <summary>The name exists and has no record of this type.</summary>
    NoData,

    /// <summary>Timeout, SERVFAIL, no server: ask again later.</summary>
    TemporaryFailure,
}

/// <param name="Records">
/// Addresses as text, host names without trailing dot, MX ordered by preference, the strings of one TXT record joined without
/// blanks (RFC 7208 §3.3), octets as Latin-1 characters; empty unless <see cref="DnsOutcome.Found"/>.
/// </param>
public sealed record DnsAnswer(DnsOutcome Outcome, IReadOnlyList<string> Records)
{
    public static DnsAnswer Found(params IReadOnlyList<string> records) => new(DnsOutcome.Found, records);

    public static DnsAnswer None(DnsOutcome outcome) => new(outcome, []);
}
