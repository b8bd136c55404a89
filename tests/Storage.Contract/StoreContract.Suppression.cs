namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_suppression_stands_once_for_each_reason_and_knows_no_case()
    {
        var scene = await SceneAsync();
        var row = new Suppressed(scene.Account, "Ann@example.net", SuppressionReason.HardBounce, Source: null, "system", scene.Now) { Note = "why" };
        Assert.True(await scene.WriteAsync(u => u.AddSuppressionAsync(row)));
        Assert.False(await scene.WriteAsync(u => u.AddSuppressionAsync(row with { Address = "ann@example.net" })));
        Assert.True(await scene.WriteAsync(u => u.AddSuppressionAsync(row with { Reason = SuppressionReason.Complaint, Note = null })));
        Assert.True(await scene.WriteAsync(u => u.AddSuppressionAsync(row with { Address = "bob@example.net" })));

        var standing = await scene.WriteAsync(u => u.SuppressionsAsync(scene.Account, ["x@example.net", "ANN@example.net"]));
        Assert.Equal([row with { Reason = SuppressionReason.Complaint, Note = null }, row], standing);
        Assert.Empty(await scene.WriteAsync(u => u.SuppressionsAsync(scene.Account, [])));

        Assert.True(await scene.WriteAsync(u => u.RemoveSuppressionAsync(scene.Account, "ANN@example.net", SuppressionReason.Complaint)));
        Assert.False(await scene.WriteAsync(u => u.RemoveSuppressionAsync(scene.Account, "ANN@example.net", SuppressionReason.Complaint)));
        Assert.Equal([row], await scene.WriteAsync(u => u.SuppressionsAsync(scene.Account, ["ann@example.net"])));
    }

    [Fact]
    public async Task Suppressions_are_listed_by_address_and_reason_and_asked_by_name_reason_and_part()
    {
        var scene = await SceneAsync();
        var row = new Suppressed(scene.Account, "Ann@example.net", SuppressionReason.HardBounce, Source: null, "system", scene.Now);
        await scene.WriteAsync(async u =>
        {
            await u.AddSuppressionAsync(row);
            await u.AddSuppressionAsync(row with { Reason = SuppressionReason.Unsubscribe });
            await u.AddSuppressionAsync(row with { Address = "bob@example.com" });
            await u.AddSuppressionAsync(row with { Address = "hmac-sha256:00ff", Reason = SuppressionReason.Erasure });
        });
        async Task<string> Asked(SuppressionQuery query) =>
            string.Join(' ', (await scene.Store.SuppressionsAsync(query, Cancelled)).Select(s => $"{s.Address}:{s.Reason}"));
        var all = new SuppressionQuery(scene.Account, 2);

        Assert.Equal("Ann@example.net:HardBounce Ann@example.net:Unsubscribe", await Asked(all));
        Assert.Equal("bob@example.com:HardBounce hmac-sha256:00ff:Erasure", await Asked(all with { After = "ann@example.net unsubscribe" }));
        Assert.Equal("Ann@example.net:Unsubscribe", await Asked(all with { Names = ["ANN@example.net"], After = "ann@example.net hard_bounce" }));
        Assert.Equal("Ann@example.net:HardBounce bob@example.com:HardBounce", await Asked(all with { Reason = SuppressionReason.HardBounce }));
        Assert.Equal("bob@example.com:HardBounce", await Asked(all with { Part = "EXAMPLE.COM" }));
        Assert.Equal("bob@example.com:HardBounce hmac-sha256:00ff:Erasure", await Asked(all with { Names = ["bob@example.com", "hmac-sha256:00ff"] }));
        Assert.Equal(string.Empty, await Asked(all with { Names = [] }));
        Assert.Equal(string.Empty, await Asked(all with { Part = "%" }));
    }

    [Fact]
    public async Task What_was_lifted_is_kept_with_its_evidence_until_the_address_is_forgotten()
    {
        var scene = await SceneAsync();
        var theirs = await Scene.CreateAsync(scene.Store, Clock);
        var lifted = new LiftedSuppression(scene.Account, "Ann@example.net", SuppressionReason.Unsubscribe, "asked by phone", "opr_1", scene.Now);
        var later = lifted with { Address = "bob@example.net", Reason = SuppressionReason.HardBounce, Evidence = null, At = scene.Now.AddMinutes(1) };
        await scene.WriteAsync(async u =>
        {
            await u.KeepLiftedAsync(lifted);
            await u.KeepLiftedAsync(later);
            await u.AddSuppressionAsync(new Suppressed(scene.Account, "ann@example.net", SuppressionReason.Manual, Source: null, "opr_1", u.Now));
            await u.AddSuppressionAsync(new Suppressed(theirs.Account, "ann@example.net", SuppressionReason.Manual, Source: null, "opr_2", u.Now));
        });

        Assert.Equal([later, lifted], await scene.Store.LiftedSuppressionsAsync(scene.Account, address: null, 10, Cancelled));
        Assert.Equal([later], await scene.Store.LiftedSuppressionsAsync(scene.Account, address: null, 1, Cancelled));
        Assert.Equal([lifted], await scene.Store.LiftedSuppressionsAsync(scene.Account, "ANN@example.net", 10, Cancelled));
        await scene.WriteAsync(u => u.ForgetSuppressionsAsync(scene.Account, "ANN@EXAMPLE.NET"));
        Assert.Equal([later], await scene.Store.LiftedSuppressionsAsync(scene.Account, address: null, 10, Cancelled));
        Assert.Empty(await scene.WriteAsync(u => u.SuppressionsAsync(scene.Account, ["ann@example.net"])));
        Assert.Single(await scene.WriteAsync(u => u.SuppressionsAsync(theirs.Account, ["ann@example.net"])));
    }

    [Fact]
    public async Task Another_account_neither_sees_nor_lifts_a_suppression()
    {
        var scene = await SceneAsync();
        var theirs = await Scene.CreateAsync(scene.Store, Clock);
        await scene.WriteAsync(async u =>
        {
            await u.AddSuppressionAsync(new Suppressed(scene.Account, "ann@example.net", SuppressionReason.Manual, Source: null, "opr_1", u.Now));
            await u.KeepLiftedAsync(new LiftedSuppression(scene.Account, "ann@example.net", SuppressionReason.Manual, Evidence: null, "opr_1", u.Now));
        });
        Assert.Empty(await scene.WriteAsync(u => u.SuppressionsAsync(theirs.Account, ["ann@example.net"])));
        Assert.Empty(await scene.Store.SuppressionsAsync(new SuppressionQuery(theirs.Account, 10), Cancelled));
        Assert.Empty(await scene.Store.SuppressionsAsync(new SuppressionQuery(theirs.Account, 10) { Names = ["ann@example.net"] }, Cancelled));
        Assert.Empty(await scene.Store.LiftedSuppressionsAsync(theirs.Account, address: null, 10, Cancelled));
        Assert.Empty(await scene.Store.LiftedSuppressionsAsync(theirs.Account, "ann@example.net", 10, Cancelled));
        Assert.False(await scene.WriteAsync(u => u.RemoveSuppressionAsync(theirs.Account, "ann@example.net", SuppressionReason.Manual)));
        await scene.WriteAsync(u => u.ForgetSuppressionsAsync(theirs.Account, "ann@example.net"));
        Assert.Single(await scene.WriteAsync(u => u.SuppressionsAsync(scene.Account, ["ann@example.net"])));
    }

    [Fact]
    public async Task The_newest_sent_messages_are_counted_each_once()
    {
        var scene = await SceneAsync();
        var theirs = await Scene.CreateAsync(scene.Store, Clock);
        var ids = Enumerable.Range(0, 5).Select(_ => scene.Ids.Next<MessageId>()).ToList();
        await scene.WriteAsync(async u =>
        {
            foreach (var id in ids.Take(4))
            {
                await u.NoteSentAsync(scene.Account, scene.Mailbox, id);
                await u.NoteSentAsync(scene.Account, scene.Mailbox, id);
            }

            await u.NoteHardBounceAsync(scene.Account, scene.Mailbox, ids[0]);
            await u.NoteHardBounceAsync(scene.Account, scene.Mailbox, ids[3]);
            await u.NoteComplaintAsync(scene.Account, scene.Mailbox, ids[3]);
            await u.NoteSentAsync(scene.Account, scene.Mailbox, ids[3]);
            await u.NoteComplaintAsync(scene.Account, scene.Mailbox, ids[4]);
        });

        Assert.Equal(new SentCounts(5, 2, 2), await scene.Store.SentCountsAsync(scene.Account, scene.Mailbox, 1_000, Cancelled));
        Assert.Equal(new SentCounts(2, 1, 2), await scene.WriteAsync(u => u.SentCountsAsync(scene.Account, scene.Mailbox, 2)));
        Assert.Equal(new SentCounts(0, 0, 0), await scene.Store.SentCountsAsync(theirs.Account, scene.Mailbox, 1_000, Cancelled));
        Assert.Equal(new SentCounts(0, 0, 0), await scene.Store.SentCountsAsync(scene.Account, theirs.Mailbox, 1_000, Cancelled));
    }
}
