namespace MultiMail.Core.Mailboxes;

/// <param name="State"><c>pending</c> until our DKIM record was seen in DNS, then <c>verified</c>.</param>
/// <param name="CheckedAt">When DNS last gave an answer.</param>
public sealed record DomainView(
    string Id, string Name, string State, DateTimeOffset? VerifiedAt, DateTimeOffset? CheckedAt, DateTimeOffset CreatedAt, IReadOnlyList<DnsRecordView> Records);

/// <summary>A record that the domain's owner publishes.</summary>
/// <param name="Purpose"><c>dkim</c>, <c>spf</c>, <c>dmarc</c> or <c>mx</c>.</param>
/// <param name="Name">In full, without trailing dot.</param>
/// <param name="Value">As most providers' forms take it, in one piece.</param>
/// <param name="ZoneLine">As a zone file takes it: texts split into strings of at most 255 octets (RFC 1035 §3.3.14).</param>
/// <param name="State"><c>found</c>, <c>missing</c>, <c>different</c>, <c>unknown</c> (DNS did not answer) or <c>not_checked</c>.</param>
/// <param name="Remark">What to do about it, or what is there instead; the latter is a stranger's text.</param>
public sealed record DnsRecordView(string Purpose, string Type, string Name, string Value, string ZoneLine, string State, string? Remark);

public sealed record DomainList(IReadOnlyList<DomainView> Domains, string? NextCursor);
