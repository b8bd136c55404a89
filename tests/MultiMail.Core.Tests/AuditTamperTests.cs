using MultiMail.Core.Audit;
using MultiMail.Core.Node;
using MultiMail.Testing;

namespace MultiMail.Core.Tests;

/// <summary>Somebody with the database file changes the log: the recomputation says so.</summary>
public sealed class AuditTamperTests
{
    [Theory]
    [InlineData("UPDATE audit_event SET entry = CAST(replace(CAST(entry AS TEXT), '\"v\":1', '\"v\":2') AS BLOB) WHERE leaf_index = 3", "Entry 3 is not what its hash says.")]
    [InlineData("UPDATE audit_event SET leaf_hash = zeroblob(32) WHERE leaf_index = 2", "Entry 2 is not what its hash says.")]
    [InlineData("DELETE FROM audit_event WHERE leaf_index = 1", "Entry 1 is missing.")]
    [InlineData("DELETE FROM audit_event WHERE leaf_index = (SELECT max(leaf_index) FROM audit_event)", "only")]
    [InlineData("UPDATE audit_event SET leaf_index = CASE leaf_index WHEN 2 THEN -1 ELSE -2 END WHERE leaf_index IN (2, 3); UPDATE audit_event SET leaf_index = CASE leaf_index WHEN -1 THEN 3 ELSE 2 END WHERE leaf_index < 0", "carries another index")]
    [InlineData("UPDATE audit_log SET edge = zeroblob(length(edge))", "stored edge")]
    [InlineData("UPDATE audit_checkpoint SET note = replace(note, 'multimail', 'multimial')", "not signed")]
    public async Task Every_change_is_found(string sql, string sentence)
    {
        await using var house = await House.BuildAsync();
        await house.SendAsync();
        await house.Node.Clockwork.SignCheckpointsAsync(default);
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, default)).Ok);
        Assert.True(house.Tamper(sql) > 0);
        var check = await house.Node.Audit.VerifyAsync(house.Person, null, default);
        Assert.Contains(check.Faults, f => f.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_missing_entry_is_called_missing()
    {
        await using var house = await House.BuildAsync();
        await house.SendAsync();
        house.Tamper("DELETE FROM audit_event WHERE leaf_index = 1");
        var check = await house.Node.Audit.VerifyAsync(house.Person, null, default);
        Assert.Single(check.Faults, f => f.EndsWith("is missing.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entry_put_behind_the_head_is_found()
    {
        await using var house = await House.BuildAsync();
        house.Tamper("INSERT INTO audit_event (account_id, leaf_index, at, event, actor, leaf_hash, entry) SELECT account_id, leaf_index + 1, at, event, actor, leaf_hash, entry " +
            "FROM audit_event ORDER BY leaf_index DESC LIMIT 1");
        var check = await house.Node.Audit.VerifyAsync(house.Person, null, default);
        Assert.EndsWith("stands behind the log's head.", Assert.Single(check.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_grows_during_the_check_raises_no_alarm()
    {
        await using var house = await House.BuildAsync();
        var account = house.Person.Account;
        await house.Node.Clockwork.SignCheckpointsAsync(default);
        var checkpoints = await house.Store.CheckpointsAsync(account, default);
        var head = (await house.Store.LogHeadAsync(account, default))!;
        await house.SendAsync();
        await house.Node.Clockwork.SignCheckpointsAsync(default);
        var keys = new LogKeys(new CoreContext(house.Store, house.Node.Options, house.Clock));
        var verifier = (await keys.SignerAsync(account, head.Origin, default)).Verifier;
        var check = await new LogCheck(house.Store, account, head, checkpoints, verifier).RunAsync(null, default);
        Assert.Empty(check.Faults);
        Assert.Equal(head.Size, check.Size);
    }

    [Fact]
    public async Task A_log_cut_to_an_earlier_state_passes_alone_and_fails_against_a_checkpoint_held_elsewhere()
    {
        await using var house = await House.BuildAsync();
        await house.Node.Clockwork.SignCheckpointsAsync(default);
        var before = (await house.Node.Store.LogHeadAsync(house.Person.Account, default))!;
        await house.SendAsync();
        await house.Node.Clockwork.SignCheckpointsAsync(default);
        var held = (await house.Node.Store.LatestCheckpointAsync(house.Person.Account, default))!.Note;
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, held, default)).Ok);

        house.Tamper($"DELETE FROM audit_event WHERE leaf_index >= {before.Size}; DELETE FROM audit_checkpoint WHERE tree_size > {before.Size}; " +
            $"UPDATE audit_log SET tree_size = {before.Size}, edge = x'{Convert.ToHexString(before.Edge)}'");
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, default)).Ok);
        var check = await house.Node.Audit.VerifyAsync(house.Person, held, default);
        Assert.Contains("the log was cut", Assert.Single(check.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_leaf_holds_an_address()
    {
        await using var house = await House.BuildAsync();
        await house.SendAsync();
        var entries = await house.Node.Store.LogEntriesAsync(house.Person.Account, 0, 1_000, default);
        Assert.NotEmpty(entries);
        Assert.All(entries, e => Assert.DoesNotContain("@", System.Text.Encoding.UTF8.GetString(e.Entry), StringComparison.Ordinal));
    }
}
