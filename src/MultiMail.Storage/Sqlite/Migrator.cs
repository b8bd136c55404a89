using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Storage.Sqlite;

/// <summary>Brings the schema forward, one numbered script after another, each once. Runs inside the write gate.</summary>
internal static class Migrator
{
    private const string Prefix = "MultiMail.Storage.Migrations.";

    /// <exception cref="InvalidOperationException">The file was made by a newer version, or a script was changed after it ran.</exception>
    public static void Run(SqliteDb db, DateTimeOffset now) => Run(db, now, Embedded());

    internal static void Run(SqliteDb db, DateTimeOffset now, IReadOnlyList<Migration> known)
    {
        db.Run(TransactionSql.Begin);
        try
        {
            db.Script(SchemaSql.CreateVersions);
            var applied = db.Prepare(SchemaSql.Versions).All(static s => (Version: s.Int(), Checksum: s.Text()));
            Verify(applied, known);
            foreach (var migration in known.Skip(applied.Count))
            {
                db.Script(migration.Script);
                db.Prepare(SchemaSql.AddVersion).Bind(migration.Version).Bind(now).Bind(migration.Checksum).Run();
            }

            db.Run(TransactionSql.Commit);
        }
        catch
        {
            if (!db.AutoCommit)
            {
                db.Run(TransactionSql.Rollback);
            }

            throw;
        }
    }

    private static void Verify(List<(int Version, string Checksum)> applied, IReadOnlyList<Migration> known)
    {
        if (applied.Count > known.Count)
        {
            throw new InvalidOperationException(
                $"This store has schema {applied.Count}, made by a newer version of the program; this one knows {known.Count}. Update the program.");
        }

        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i] != (known[i].Version, known[i].Checksum))
            {
                throw new InvalidOperationException($"Schema step {applied[i].Version} of this store is not the one of this program.");
            }
        }
    }

    private static List<Migration> Embedded()
    {
        var assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        Migration Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!); // the name was just listed
            return new Migration(int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}

/// <param name="Version">1, 2, 3 … without gaps.</param>
internal sealed record Migration(int Version, string Script)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));
}
