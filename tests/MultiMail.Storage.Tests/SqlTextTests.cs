using System.Reflection;
using System.Text.RegularExpressions;

namespace MultiMail.Storage.Tests;

/// <summary>Reads every SQL text of the store: whatever touches an account's rows names the account.</summary>
public sealed partial class SqlTextTests
{
    /// <summary>The only texts that look across accounts, and why they must.</summary>
    private static readonly Dictionary<string, string> AcrossAccounts = new(StringComparer.Ordinal)
    {
        ["AccountSql.First"] = "the installation's first account",
        ["AccountSql.OperatorByEmail"] = "sign-in",
        ["AccountSql.Session"] = "sign-in",
        ["AccountSql.UseSession"] = "sign-in",
        ["AccountSql.DeleteSession"] = "sign-out, by the token's hash",
        ["AccountSql.DeleteExpiredSessions"] = "expiry",
        ["ApiKeySql.ByPrefix"] = "this is how a bearer becomes a principal",
        ["EventSql.DeleteExpiredAnswers"] = "expiry",
        ["OversightSql.Expired"] = "expiry",
        ["RequestSql.Expired"] = "expiry",
        ["RiskSql.ForgetTallies"] = "expiry",
        ["OutboxSql.ClaimExpired"] = "work is claimed for all",
        ["OutboxSql.ClaimInTurn"] = "work is claimed for all, each mailbox in turn",
        ["OutboxSql.NextDue"] = "work is claimed for all",
        ["SearchSql.Enqueue"] = "the index's queue holds ids only",
        ["SearchSql.LastOfBatch"] = "the index's queue holds ids only",
        ["SearchSql.Index"] = "the index spans accounts; a search joins the message",
        ["SearchSql.Dequeue"] = "the index's queue holds ids only",
    };

    private static readonly string[] WithoutAccount = ["LeaseSql", "MetaSql", "SchemaSql", "TransactionSql", "WatchSql"];

    public static TheoryData<string> Texts => [.. All().Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_statement_is_bound_to_its_account(string name)
    {
        if (AcrossAccounts.ContainsKey(name) || WithoutAccount.Contains(name.Split('.')[0], StringComparer.Ordinal))
        {
            return;
        }

        var sql = All().Single(t => t.Name == name).Sql;
        Assert.True(BindsAccount(sql), $"{name} does not name the account:\n{sql}");
    }

    [Theory]
    [InlineData("SELECT id FROM message m WHERE m.id = @id")]
    [InlineData("UPDATE message SET account_id = @account WHERE id = @id")]
    [InlineData("DELETE FROM message WHERE account_id > @account")]
    [InlineData("SELECT id FROM message WHERE account_id = @account OR id = @id")]
    [InlineData("INSERT INTO message (id) VALUES (@id)")]
    public void The_check_sees_what_is_not_bound(string sql) => Assert.False(BindsAccount(sql));

    [Fact]
    public void No_exception_outlives_its_statement() =>
        Assert.Empty(AcrossAccounts.Keys.Except(All().Select(t => t.Name), StringComparer.Ordinal));

    [Fact]
    public void Every_statement_is_a_constant_of_the_sql_folder()
    {
        var sources = Path.Combine(Testing.Repository.Root, "src", "MultiMail.Storage");
        var elsewhere = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}Sql{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => Statement().IsMatch(File.ReadAllText(f)));

        // The version of SQLite is asked before there is a schema.
        Assert.Equal("ConnectionSettings.cs", Path.GetFileName(Assert.Single(elsewhere)));
    }

    private static bool BindsAccount(string sql)
    {
        if (sql.StartsWith("INSERT", StringComparison.Ordinal))
        {
            return sql.Contains("account_id", StringComparison.Ordinal) || sql.StartsWith("INSERT INTO account ", StringComparison.Ordinal);
        }

        var where = sql.IndexOf("WHERE", StringComparison.Ordinal);
        var bound = where >= 0 && Condition().IsMatch(sql[where..]);
        return bound && !TopLevelOr().IsMatch(sql);
    }

    /// <summary>Private parts are read in the texts they are part of.</summary>
    private static IEnumerable<(string Name, string Sql)> All() =>
        from type in typeof(SqliteStore).Assembly.GetTypes()
        where type.Namespace == "MultiMail.Storage.Sql"
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.IsLiteral && !(type.Name == "MessageSql" && field.Name == "Columns")
        select ($"{type.Name}.{field.Name}", (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"(WHERE|AND)\s+([a-z]\.)?account_id = @account\b|FROM account WHERE id = @account|WHERE id = @account$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();

    // Alternatives are fine inside parentheses only; right beside the account they would undo it.
    [GeneratedRegex(@"account_id = @account\s+OR\b|\bOR\s+([a-z]\.)?account_id", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TopLevelOr();

    [GeneratedRegex(@"""(SELECT|INSERT INTO|UPDATE|DELETE FROM) ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Statement();
}
