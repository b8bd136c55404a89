namespace MultiMail.Core.Inbound;

/// <summary>Who sent a message, as far as we found out ourselves; trusted, unlike anything in the message.</summary>
/// <param name="Origin"><c>local</c> (from a mailbox of this server), <c>smtp</c> (our own listener took it) or <c>imap</c> (fetched from a mailbox elsewhere).</param>
/// <param name="Spf">A word of RFC 8601; <c>local</c> for local mail; <c>unknown</c> when it could not be asked.</param>
/// <param name="Dkim">The best of its signatures, in the same words.</param>
/// <param name="Dmarc">The same; <c>none</c> = the domain publishes no policy.</param>
/// <param name="FromDomain">What the verdicts speak about; absent when From has no single domain or nothing was asked.</param>
/// <param name="Aligned">True only when the domain in From itself vouches for the message.</param>
/// <param name="Identity">What its identity header proved on arrival, by this installation's own keys: <c>verified</c>, <c>signed_but_modified</c>, <c>invalid</c>, <c>undetermined</c> (signed by others, or older than this check) or <c>none</c>.</param>
public sealed record AuthenticationView(string Origin, string Spf, string Dkim, string Dmarc, string? FromDomain, bool Aligned, string Identity = MessageSource.NoIdentity)
{
    internal const string Unknown = "unknown";
    private const string OfThisServer = "local";

    /// <param name="fromAddress">Of the message, for mail that this server itself composed.</param>
    internal static AuthenticationView Of(MessageSource source, string fromAddress) => source switch
    {
        { Origin: MailOrigin.Local } => new(OfThisServer, OfThisServer, OfThisServer, OfThisServer, Domain(fromAddress), Aligned: true, source.Identity),
        { Authentication: { } found } => new(Name(source.Origin), found.Spf, found.Dkim, found.Dmarc, found.FromDomain.Length == 0 ? null : found.FromDomain, found.Aligned, source.Identity),
        _ => new(Name(source.Origin), Unknown, Unknown, Unknown, null, Aligned: false, source.Identity),
    };

    private static string Name(MailOrigin origin) => origin is MailOrigin.Smtp ? "smtp" : "imap";

    private static string? Domain(string address) => address.Contains('@', StringComparison.Ordinal) ? AddrSpecs.DomainOf(address) : null;
}
