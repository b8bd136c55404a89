namespace MultiMail.Mail;

/// <summary>
/// The domain that DMARC speaks about. A signature covers octets, a reader sees what a parser makes of them: both must find the
/// same author, else there is none.
/// </summary>
internal static class AuthorDomain
{
    private const int MaxAuthors = 50;

    /// <returns>Lower-case A-labels, or empty and the reason.</returns>
    public static (string Domain, string Fault) Of(ReadOnlyMemory<byte> raw)
    {
        var fields = RawFields.Split(raw);
        var from = fields.Named("From");
        if (from.Count != 1)
        {
            return (string.Empty, from.Count == 0 ? "there is no From field" : "there are several From fields");
        }

        // The guard bounds what the parser gets; the body is not needed.
        var header = MessageReader.Read(raw[..(raw.Length - fields.Body.Length)]).Authors;
        var alone = MessageReader.Read(from[0].Bytes).Authors;
        var domains = Domains(header);
        if (domains.Count != 1 || header.Count > MaxAuthors)
        {
            return (string.Empty, domains.Count == 0 ? "From has no address" : "From names several domains");
        }

        if (!domains.SetEquals(Domains(alone)))
        {
            return (string.Empty, "the From field can be read in two ways");
        }

        return DnsNames.IsDomain(domains.First()) ? (domains.First(), string.Empty) : (string.Empty, "From has no domain that DNS could know");
    }

    private static HashSet<string> Domains(IReadOnlyList<MailboxAddressText> authors) =>
        [.. authors.Select(author => author.Mailbox?.Domain ?? Lenient(author.Address))];

    // A local part that we would not write may still stand before a domain that we can ask.
    private static string Lenient(string address)
    {
        var at = address.LastIndexOf('@');
        return at >= 0 && HostName.ToALabels(address[(at + 1)..], out var domain) is null ? domain : string.Empty;
    }
}
