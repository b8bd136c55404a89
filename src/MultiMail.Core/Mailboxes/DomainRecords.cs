using System.Text;
using MultiMail.Core.Node;

namespace MultiMail.Core.Mailboxes;

/// <summary>What the owner of a domain publishes so that its mail is believed and arrives.</summary>
internal sealed class DomainRecords(CoreContext core)
{
    private const int StringOctets = 255;

    public async ValueTask<IReadOnlyList<DnsRecordView>> OfAsync(Domain domain, CancellationToken cancellationToken)
    {
        var keys = await core.DomainKeys.RecordsAsync(domain.Account, domain.Name, cancellationToken).ConfigureAwait(false);
        var relay = await core.Relay.TryOpenAsync(cancellationToken).ConfigureAwait(false);
        var records = keys.Select(k => Text("dkim", k.Name, k.Value)).ToList();
        records.Add(Text("spf", domain.Name, $"v=spf1 {SpfMechanism.For(relay?.Host)} ~all"));
        records.Add(Text("dmarc", $"_dmarc.{domain.Name}", "v=DMARC1; p=none"));
        if (core.Options.MailHost is { } host)
        {
            records.Add(new DnsRecordView("mx", "MX", domain.Name, $"10 {host}", $"{domain.Name}. IN MX 10 {host}.", "not_checked", null));
        }

        var seen = domain.Seen.Split(',');
        return domain.CheckedAt is null ? records : [.. records.Select(r => r with { State = seen.Contains(r.Purpose, StringComparer.Ordinal) ? "found" : "missing" })];
    }

    private static DnsRecordView Text(string purpose, string name, string value) =>
        new(purpose, "TXT", name, value, $"{name}. IN TXT {Strings(value)}", "not_checked", null);

    /// <summary>RFC 1035 §3.3: a character-string has at most 255 octets; a text is as many of them as it needs, joined again without a blank.</summary>
    internal static string Strings(string value)
    {
        var text = new StringBuilder();
        for (var at = 0; at < value.Length; at += StringOctets)
        {
            var piece = value.Substring(at, Math.Min(StringOctets, value.Length - at));
            text.Append(at == 0 ? "\"" : " \"").Append(piece.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.ToString();
    }
}
