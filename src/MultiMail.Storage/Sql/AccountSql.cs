namespace MultiMail.Storage.Sql;

internal static class AccountSql
{
    private const string Columns = "id, name, dual_control, data_key, paused_at, created_at";
    private const string OperatorColumns = "id, account_id, email, password_hash, disabled_at, created_at";

    public const string First = $"SELECT {Columns} FROM account ORDER BY id LIMIT 1";
    public const string Get = $"SELECT {Columns} FROM account WHERE id = @account";

    public const string Insert =
        "INSERT INTO account (id, name, dual_control, data_key, paused_at, created_at) VALUES (@account, @name, @dual, @key, @paused, @created)";

    public const string Pause = "UPDATE account SET paused_at = COALESCE(paused_at, @now) WHERE id = @account";
    public const string Resume = "UPDATE account SET paused_at = NULL WHERE id = @account";

    public const string Operators = $"SELECT {OperatorColumns} FROM operator WHERE account_id = @account ORDER BY id";
    public const string OperatorByEmail = $"SELECT {OperatorColumns} FROM operator WHERE email = @email";
    public const string Operator = $"SELECT {OperatorColumns} FROM operator WHERE account_id = @account AND id = @id";

    public const string InsertOperator =
        "INSERT INTO operator (id, account_id, email, password_hash, disabled_at, created_at) VALUES (@id, @account, @email, @hash, @disabled, @created)";

    public const string SetCredentials =
        "UPDATE operator SET email = @email, password_hash = @hash WHERE account_id = @account AND id = @id";

    public const string Session =
        "SELECT token_hash, account_id, operator_id, kind, expires_at, used_at, created_at FROM session WHERE token_hash = @hash";

    public const string InsertSession =
        "INSERT INTO session (token_hash, account_id, operator_id, kind, expires_at, used_at, created_at) VALUES (@hash, @account, @operator, @kind, @expires, @used, @created)";

    public const string UseSession =
        "UPDATE session SET used_at = @now WHERE token_hash = @hash AND kind = @kind AND used_at IS NULL AND expires_at > @now";

    public const string DeleteSession = "DELETE FROM session WHERE token_hash = @hash";
    public const string DeleteSessionsOf = "DELETE FROM session WHERE account_id = @account AND operator_id = @operator AND token_hash <> @except";
    public const string DeleteExpiredSessions = "DELETE FROM session WHERE expires_at <= @now";

    public const string Domains =
        "SELECT id, account_id, name, created_at, verified_at, checked_at, seen FROM domain WHERE account_id = @account ORDER BY name";

    public const string InsertDomain = "INSERT INTO domain (id, account_id, name, created_at) VALUES (@id, @account, @name, @created)";

    // Verified once is verified: a record that is missing later is a warning, no stop.
    public const string SetDomainChecked =
        "UPDATE domain SET verified_at = COALESCE(verified_at, @verified), checked_at = @now, seen = @seen WHERE account_id = @account AND id = @id";
}
