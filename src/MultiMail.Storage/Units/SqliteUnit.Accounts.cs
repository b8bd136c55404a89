namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<Account?> FindAccountAsync(AccountId account) =>
        ValueTask.FromResult(Use(AccountSql.Get).Bind(account.Value).First(AccountRows.Account));

    public ValueTask InsertAccountAsync(Account account) => Done(Use(AccountSql.Insert)
        .Bind(account.Id.Value).Bind(account.Name).Bind(account.DualControl).Bind(account.DataKeySealed).Bind(account.PausedAt).Bind(account.CreatedAt).Run());

    public ValueTask SetAccountPausedAsync(AccountId account, bool paused) => MustBeOne(
        paused ? Use(AccountSql.Pause).Bind(now).Bind(account.Value).Run() : Use(AccountSql.Resume).Bind(account.Value).Run(), "account");

    public ValueTask InsertOperatorAsync(Operator person) => Done(Use(AccountSql.InsertOperator)
        .Bind(person.Id.Value).Bind(person.Account.Value).Bind(person.Email).Bind(person.PasswordHash).Bind(person.DisabledAt).Bind(person.CreatedAt).Run());

    public ValueTask<Operator?> FindOperatorAsync(AccountId account, OperatorId id) =>
        ValueTask.FromResult(Use(AccountSql.Operator).Bind(account.Value).Bind(id.Value).First(AccountRows.Operator));

    public ValueTask SetCredentialsAsync(AccountId account, OperatorId id, string email, string passwordHash) => MustBeOne(
        Use(AccountSql.SetCredentials).Bind(email).Bind(passwordHash).Bind(account.Value).Bind(id.Value).Run(), "operator");

    public ValueTask InsertSessionAsync(Session session) => Done(Use(AccountSql.InsertSession)
        .Bind(session.TokenHash).Bind(session.Account.Value).Bind(session.Operator.Value).Bind(EnumNames<SessionKind>.Of(session.Kind))
        .Bind(session.ExpiresAt).Bind(session.UsedAt).Bind(session.CreatedAt).Run());

    public ValueTask<bool> UseSessionAsync(byte[] tokenHash, SessionKind kind) =>
        IfOne(Use(AccountSql.UseSession).Bind(now).Bind(tokenHash).Bind(EnumNames<SessionKind>.Of(kind)).Run());

    public ValueTask DeleteSessionAsync(byte[] tokenHash) => Done(Use(AccountSql.DeleteSession).Bind(tokenHash).Run());

    public ValueTask DeleteSessionsOfAsync(AccountId account, OperatorId id, byte[]? except) =>
        Done(Use(AccountSql.DeleteSessionsOf).Bind(account.Value).Bind(id.Value).Bind(except ?? []).Run());

    public ValueTask DeleteExpiredSessionsAsync()
    {
        Use(EventSql.DeleteExpiredAnswers).Bind(now).Run();
        Use(RiskSql.ForgetTallies).Bind(now).Run();
        return Done(Use(AccountSql.DeleteExpiredSessions).Bind(now).Run());
    }

    public ValueTask InsertDomainAsync(Domain domain) => Done(Use(AccountSql.InsertDomain)
        .Bind(domain.Id.Value).Bind(domain.Account.Value).Bind(domain.Name).Bind(domain.CreatedAt).Run());

    public ValueTask SetDomainCheckedAsync(AccountId account, DomainId id, bool verified, string seen) => MustBeOne(
        Use(AccountSql.SetDomainChecked).Bind(verified ? now : null).Bind(now).Bind(seen).Bind(account.Value).Bind(id.Value).Run(), "domain");

    public ValueTask SetMetaAsync(string key, byte[] value) => Done(Use(MetaSql.Set).Bind(key).Bind(value).Run());

    public ValueTask<byte[]?> FindMetaAsync(string key) => ValueTask.FromResult(Use(MetaSql.Get).Bind(key).First(static s => s.Blob()));

    public ValueTask InsertKeyAsync(ApiKey key) => Done(Use(ApiKeySql.Insert)
        .Bind(key.Id.Value).Bind(key.Account.Value).Bind(key.Name).Bind(key.Prefix).Bind(key.SecretHash).Bind(AccountRows.WriteScopes(key.Scopes))
        .Bind(TextLists.WriteIds(key.Mailboxes)).Bind(key.World is World.Live).Bind(key.Lineage.Value).Bind(key.Owner.Value)
        .Bind(key.CreatedAt).Bind(key.ExpiresAt).Bind(key.RevokedAt).Bind(key.LastUsedAt).Run());

    public ValueTask<ApiKey?> FindKeyAsync(AccountId account, ApiKeyId id) =>
        ValueTask.FromResult(Use(ApiKeySql.Get).Bind(account.Value).Bind(id.Value).First(AccountRows.Key));

    public ValueTask<bool> RevokeKeyAsync(AccountId account, ApiKeyId id) =>
        IfOne(Use(ApiKeySql.Revoke).Bind(now).Bind(account.Value).Bind(id.Value).Run());

    public ValueTask SetKeyMailboxesAsync(AccountId account, ApiKeyId id, IReadOnlyList<MailboxId>? mailboxes) => MustBeOne(
        Use(ApiKeySql.SetMailboxes).Bind(TextLists.WriteIds(mailboxes)).Bind(account.Value).Bind(id.Value).Run(), "key");

    public ValueTask TouchKeyAsync(AccountId account, ApiKeyId id) =>
        Done(Use(ApiKeySql.Touch).Bind(now).Bind(account.Value).Bind(id.Value).Run());

    public ValueTask<Mailbox?> FindMailboxAsync(AccountId account, MailboxId id) =>
        ValueTask.FromResult(Use(MailboxSql.Get).Bind(account.Value).Bind(id.Value).First(AccountRows.Mailbox));

    public ValueTask InsertMailboxAsync(Mailbox mailbox) => Done(Use(MailboxSql.Insert)
        .Bind(mailbox.Id.Value).Bind(mailbox.Account.Value).Bind(mailbox.Address).Bind(mailbox.DisplayName).Bind(mailbox.AgentId)
        .Bind(Modes.Name(mailbox.Mode)).Bind(mailbox.DeactivatedAt).Bind(mailbox.PausedAt).Bind(mailbox.Unread).Bind(mailbox.Pending)
        .Bind(mailbox.Version).Bind(mailbox.CreatedAt).Bind(mailbox.RetentionDays).Run());

    public ValueTask UpdateMailboxAsync(Mailbox mailbox) => MustBeOne(
        Use(MailboxSql.Update).Bind(mailbox.DisplayName).Bind(mailbox.AgentId).Bind(Modes.Name(mailbox.Mode)).Bind(mailbox.PausedAt)
            .Bind(mailbox.DeactivatedAt).Bind(mailbox.RetentionDays).Bind(mailbox.Account.Value).Bind(mailbox.Id.Value).Run(),
        "mailbox");

    public ValueTask<MailboxLink?> FindLinkAsync(AccountId account, MailboxId mailbox) =>
        ValueTask.FromResult(Use(LinkSql.Get).Bind(account.Value).Bind(mailbox.Value).First(AccountRows.Link));

    public ValueTask SetLinkAsync(MailboxLink link) => MustBeOne(
        Use(LinkSql.Set).Bind(link.Mailbox.Value).Bind(link.Account.Value).Bind(link.RelaySealed).Bind(link.SourceSealed)
            .Bind(link.FromEnvironment).Bind(link.UpdatedAt).Run(),
        "mailbox");

    public ValueTask<bool> RemoveLinkAsync(AccountId account, MailboxId mailbox) =>
        IfOne(Use(LinkSql.Remove).Bind(account.Value).Bind(mailbox.Value).Run());
}
