using System.Reflection;
using Microsoft.Data.Sqlite;

namespace MultiMail.Storage.Tests;

/// <summary>Asks SQLite how it would run each statement: none walks through a table that grows with the mail.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    /// <summary>Statements that read in order until they have enough, and small tables.</summary>
    private static readonly Dictionary<string, string> MayScan = new(StringComparer.Ordinal)
    {
        ["AccountSql.First"] = "takes the first row",
        ["AccountSql.Operators"] = "a handful of people",
        ["AccountSql.Domains"] = "a handful of domains",
        ["RiskSql.DomainNames"] = "a handful of domains",
        ["AccountSql.DeleteExpiredSessions"] = "sessions of a handful of people",
        ["AccountSql.DeleteSessionsOf"] = "sessions of a handful of people",
        ["ApiKeySql.OfAccount"] = "a handful of keys",
        ["PlaceSql.KeyName"] = "a handful of keys",
        ["PlaceSql.SetKeyName"] = "a handful of keys",
        ["SchemaSql.Versions"] = "one row for each step",
        ["OutboxSql.ClaimInTurn"] = "steps from mailbox to mailbox by index; the walk is over those steps",
        ["SearchSql.LastOfBatch"] = "takes the first of the queue",
        ["MessageListSql.PageWithoutWords"] = "only words that must not occur: everything else is looked at, newest first",
        ["MessageListSql.CountWithoutWords"] = "only words that must not occur: everything else is counted",
    };

    private readonly TemporaryFolder _folder = new();
    private SqliteConnection? _connection;

    public static TheoryData<string> Texts => [.. All().Select(t => t.Name)];

    public async ValueTask InitializeAsync()
    {
        var options = new SqliteStoreOptions(_folder.File("mail.db"));
        await (await SqliteStore.OpenAsync(options, TimeProvider.System, TestContext.Current.CancellationToken)).DisposeAsync();
        _connection = new SqliteConnection($"Data Source={options.Path};Pooling=False");
        _connection.Open();
        _connection.CreateFunction<string?, string?, bool>("has_part", (_, _) => true);
    }

    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_statement_walks_a_table(string name)
    {
        var steps = Plan(All().Single(t => t.Name == name).Sql);
        var walks = steps.Where(s => s.StartsWith("SCAN ", StringComparison.Ordinal) && !IsSmall(s)).ToList();

        Assert.True(walks.Count == 0 || MayScan.ContainsKey(name), $"{name}:\n{string.Join('\n', steps)}");
        Assert.False(steps.Exists(s => s.Contains("AUTOMATIC", StringComparison.Ordinal)), $"{name} builds an index each time.");
    }

    [Fact]
    public void The_check_sees_a_walk() => Assert.Contains(Plan("SELECT id FROM message WHERE subject = 'x'"), s => s.StartsWith("SCAN message", StringComparison.Ordinal));

    // Lists bound as JSON, rows of an inner query, and the full-text index, which is an index.
    private static bool IsSmall(string step) =>
        step.Contains("VIRTUAL TABLE", StringComparison.Ordinal) || step.Contains("CONSTANT ROW", StringComparison.Ordinal) || step.Contains("SUBQUERY", StringComparison.Ordinal) ||
        step.Contains("(subquery-", StringComparison.Ordinal);

    private static IEnumerable<(string Name, string Sql)> All() =>
        from type in typeof(SqliteStore).Assembly.GetTypes()
        where type.Namespace == "MultiMail.Storage.Sql" && type.Name is not ("TransactionSql" or "WatchSql")
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.IsLiteral && !(type.Name == "MessageSql" && field.Name == "Columns") && field.Name != "CreateVersions"
        select ($"{type.Name}.{field.Name}", (string)field.GetRawConstantValue()!);

    private List<string> Plan(string sql)
    {
        using var command = _connection!.CreateCommand(); // opened before each test
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        var parameters = sql.Split('@').Skip(1).Select(p => "@" + new string([.. p.TakeWhile(char.IsLetterOrDigit)]));
        foreach (var parameter in parameters.Distinct(StringComparer.Ordinal))
        {
            command.Parameters.AddWithValue(parameter, 1);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }
}
