namespace MultiMail.Core.Mailboxes;

/// <summary>The signing keys of own domains, as far as DNS has to know them.</summary>
internal interface IDomainKeys
{
    /// <summary>Makes the domain's key where there is none.</summary>
    ValueTask EnsureAsync(AccountId account, string domain, CancellationToken cancellationToken);

    /// <summary>What is to be published now (RFC 6376 §3.6.1): the key in use, and one that is to come.</summary>
    ValueTask<IReadOnlyList<DomainKeyRecord>> RecordsAsync(AccountId account, string domain, CancellationToken cancellationToken);
}

/// <param name="Name">In full: <c>mm202611a._domainkey.example.org</c>.</param>
/// <param name="Value">The TXT record's text, not yet split.</param>
internal sealed record DomainKeyRecord(string Name, string Value);
