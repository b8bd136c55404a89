using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>Looks whether records are in DNS. What stands there is a stranger's text: shown cleaned and short.</summary>
internal sealed class DomainLook(IDnsResolver dns)
{
    private const int Shown = 200;

    public async Task<IReadOnlyList<DnsRecordView>> AtAsync(IReadOnlyList<DnsRecordView> records, CancellationToken cancellationToken) =>
        await Task.WhenAll(records.Select(r => AtAsync(r, cancellationToken))).ConfigureAwait(false);

    private async Task<DnsRecordView> AtAsync(DnsRecordView record, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(record.Name, record.Type == "MX" ? DnsType.MailExchange : DnsType.Text, cancellationToken).ConfigureAwait(false);
        if (answer.Outcome is DnsOutcome.TemporaryFailure)
        {
            return record with { State = "unknown", Remark = "DNS did not answer: look again later." };
        }

        var (state, remark) = record.Purpose switch
        {
            "dkim" => Dkim(record, answer.Records),
            "spf" => Spf(record, answer.Records),
            "dmarc" => Dmarc(answer.Records),
            _ => Mx(record, answer.Records),
        };
        return record with { State = state, Remark = remark };
    }

    // RFC 6376 §3.6.1 and §3.2: tags in any order, white space in p= means nothing.
    private static (string State, string? Remark) Dkim(DnsRecordView record, IReadOnlyList<string> texts)
    {
        var ours = Tag(record.Value, "p");
        return texts.Select(t => Tag(t, "p")).ToList() switch
        {
            [] => ("missing", null),
            var keys when keys.Contains(ours, StringComparer.Ordinal) => keys.Count == 1 ? ("found", null) : ("different", "There is more than one record at this name: remove the others."),
            _ => ("different", "Another key stands there: replace it by this one, whole and without line breaks."),
        };
    }

    // RFC 7208 §4.5: more than one record is an error for every receiver.
    private static (string State, string? Remark) Spf(DnsRecordView record, IReadOnlyList<string> texts)
    {
        var mechanism = record.Value.Split(' ')[1];
        var spf = texts.Where(t => t.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) || t.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase)).ToList();
        return spf switch
        {
            [] => ("missing", null),
            [var one] when one.Split(' ').Contains(mechanism, StringComparer.OrdinalIgnoreCase) => ("found", null),
            [var one] => ("different", $"A domain has one SPF record only: add {mechanism} to the one that is there: {AsciiLine.Of(one, Shown)}"),
            _ => ("different", "There is more than one SPF record, which fails everywhere: join them into one."),
        };
    }

    // RFC 9989 §4: what counts here is that there is a policy, whichever.
    private static (string State, string? Remark) Dmarc(IReadOnlyList<string> texts) =>
        texts.Any(t => t.StartsWith("v=DMARC1", StringComparison.Ordinal)) ? ("found", null) : ("missing", null);

    private static (string State, string? Remark) Mx(DnsRecordView record, IReadOnlyList<string> hosts)
    {
        var ours = record.Value.Split(' ')[1];
        return hosts.Count == 0 ? ("missing", null)
            : hosts.Any(h => HostOf(h).Equals(ours, StringComparison.OrdinalIgnoreCase)) ? ("found", null)
            : ("different", $"Mail for this domain goes elsewhere now: {AsciiLine.Of(string.Join(", ", hosts), Shown)}");
    }

    private static string HostOf(string exchange) => exchange.Split(' ')[^1].TrimEnd('.');

    private static string? Tag(string text, string name) => text.Split(';')
        .Select(t => t.Split('=', 2))
        .Where(t => t.Length == 2 && t[0].Trim() == name)
        .Select(t => string.Concat(t[1].Where(c => !char.IsWhiteSpace(c))))
        .FirstOrDefault();
}
