namespace MultiMail.Storage.Sql;

/// <summary>Leases are between the nodes of one store and belong to no account.</summary>
internal static class LeaseSql
{
    /// <summary>A new owner gets a higher fence; the one who holds it keeps both.</summary>
    public const string Claim = """
        INSERT INTO lease (name, owner, fence, lease_until) VALUES (@name, @owner, 1, @until)
        ON CONFLICT (name) DO UPDATE SET fence = fence + (owner <> excluded.owner), owner = excluded.owner, lease_until = excluded.lease_until
        WHERE owner = excluded.owner OR lease_until <= @now
        RETURNING fence
        """;

    public const string Holds = "SELECT 1 FROM lease WHERE name = @name AND owner = @owner AND fence = @fence AND lease_until > @now";

    // The row stays: its fence must not begin anew.
    public const string Release = "UPDATE lease SET lease_until = 0 WHERE name = @name AND owner = @owner AND fence = @fence";
}
