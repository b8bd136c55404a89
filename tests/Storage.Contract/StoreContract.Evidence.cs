using MultiMail.Core.Evidence;
using MultiMail.Core.Pausing;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_pause_keeps_who_and_why_until_it_is_lifted()
    {
        var scene = await SceneAsync();
        var other = await SceneAsync();
        var whole = new PauseRecord(scene.Account, Mailbox: null, "key_1", scene.Now, "stop");
        var one = new PauseRecord(scene.Account, scene.Mailbox, "opr_1", scene.Now, string.Empty);
        Assert.True(await scene.WriteAsync(u => u.SetPauseAsync(one)));
        Assert.True(await scene.WriteAsync(u => u.SetPauseAsync(whole)));
        Assert.False(await scene.WriteAsync(u => u.SetPauseAsync(whole with { Reason = "again" })));

        Assert.Equal([whole, one], await scene.Store.PausesAsync(scene.Account, Cancelled));
        Assert.Empty(await other.Store.PausesAsync(other.Account, Cancelled));
        Assert.False(await other.WriteAsync(u => u.LiftPauseAsync(other.Account, scene.Mailbox)));
        Assert.True(await scene.WriteAsync(u => u.LiftPauseAsync(scene.Account, scene.Mailbox)));
        Assert.False(await scene.WriteAsync(u => u.LiftPauseAsync(scene.Account, scene.Mailbox)));
        Assert.Equal([whole], await scene.Store.PausesAsync(scene.Account, Cancelled));
    }

    [Fact]
    public async Task Judgements_are_counted_by_what_they_say()
    {
        var scene = await SceneAsync();
        var other = await SceneAsync();
        await JudgeAsync(scene, clean: true, seconds: 9);
        await JudgeAsync(scene, clean: false, seconds: 1, of: RejectClasses.Leak);
        await JudgeAsync(scene, clean: false, seconds: 5, of: RejectClasses.Other);
        await JudgeAsync(scene, clean: true, seconds: 7, canary: true);
        await JudgeAsync(scene, clean: false, seconds: 3, canary: true);
        await JudgeAsync(other, clean: false, seconds: 100);

        var facts = await scene.Store.EvidenceAsync(scene.Account, scene.Mailbox, Cancelled);
        Assert.Equal((3, 2, 2, 1), (facts.Decisions, facts.NotClean, facts.Canaries, facts.CanariesRejected));
        Assert.Equal(new RejectCounts(0, 0, 1, 1), facts.Rejects);
        Assert.Equal((TimeSpan.FromSeconds(5), scene.Now, scene.Now), (facts.MedianView, facts.FirstAt, facts.LastAt));
        Assert.Equal(facts, await scene.WriteAsync(u => u.FindEvidenceAsync(scene.Account, scene.Mailbox)));
        Assert.Equal(0, (await other.Store.EvidenceAsync(other.Account, scene.Mailbox, Cancelled)).Decisions);
    }

    [Fact]
    public async Task Said_again_the_worst_word_counts()
    {
        var scene = await SceneAsync();
        var message = scene.Ids.Next<MessageId>();
        await JudgeAsync(scene, clean: false, seconds: 1, of: RejectClasses.Leak, message: message);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await JudgeAsync(scene, clean: true, seconds: 1, message: message);

        var facts = await scene.Store.EvidenceAsync(scene.Account, scene.Mailbox, Cancelled);
        Assert.Equal((1, 1, 1, scene.Now), (facts.Decisions, facts.NotClean, facts.Rejects.Leak, facts.LastAt));
    }

    [Theory]
    [InlineData("mailbox", true)]
    [InlineData("account", true)]
    [InlineData("domain", true)]
    [InlineData("another domain", false)]
    [InlineData("another mailbox", false)]
    public async Task A_reset_counts_anew_where_it_is_meant(string what, bool counts)
    {
        var scene = await SceneAsync();
        await JudgeAsync(scene, clean: false, seconds: 1);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.WriteAsync(u => u.ResetEvidenceAsync(
            scene.Account,
            what switch { "mailbox" => scene.Mailbox, "another mailbox" => scene.Ids.Next<MailboxId>(), _ => null },
            what switch { "domain" => "EXAMPLE.org", "another domain" => "ample.org", _ => null }));
        await JudgeAsync(scene, clean: true, seconds: 1);

        var facts = await scene.Store.EvidenceAsync(scene.Account, scene.Mailbox, Cancelled);
        Assert.Equal(counts ? (1, 0) : (2, 1), (facts.Decisions, facts.NotClean));
    }

    [Fact]
    public async Task A_mode_and_a_demotion_are_dated()
    {
        var scene = await SceneAsync();
        Assert.Null((await scene.Store.EvidenceAsync(scene.Account, scene.Mailbox, Cancelled)).Record.ModeSince);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var demoted = scene.Now;
        await scene.WriteAsync(u => u.NoteModeAsync(scene.Account, scene.Mailbox, DemotionReasons.Bounces));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.WriteAsync(u => u.NoteModeAsync(scene.Account, scene.Mailbox, demotedFor: null));

        var record = (await scene.Store.EvidenceAsync(scene.Account, scene.Mailbox, Cancelled)).Record;
        Assert.Equal((scene.Now, demoted, DemotionReasons.Bounces), (record.ModeSince, record.DemotedAt, record.DemotedFor));
    }

    [Fact]
    public async Task A_look_is_remembered_until_the_decision()
    {
        var scene = await SceneAsync();
        var message = scene.Ids.Next<MessageId>();
        await scene.WriteAsync(u => u.NoteLookAsync(scene.Account, message, "opr_1"));
        Clock.Advance(TimeSpan.FromSeconds(8));
        await scene.WriteAsync(u => u.NoteLookAsync(scene.Account, message, "opr_1"));

        Assert.Equal(scene.Now, await scene.WriteAsync(u => u.FindLookAsync(scene.Account, message, "opr_1")));
        Assert.Null(await scene.WriteAsync(u => u.FindLookAsync(scene.Account, message, "opr_2")));
        await JudgeAsync(scene, clean: true, seconds: 1, message: message);
        Assert.Null(await scene.WriteAsync(u => u.FindLookAsync(scene.Account, message, "opr_1")));
    }

    [Fact]
    public async Task The_author_of_the_first_revision_is_told_from_an_editor()
    {
        var scene = await SceneAsync();
        var agents = scene.With(scene.Message(Direction.Outbound, MessageState.Pending));
        var persons = scene.With(scene.Message(Direction.Outbound, MessageState.Pending));
        await scene.InsertAsync(agents, Moves.Hold);
        await scene.InsertAsync(persons with { Revision = persons.Revision! with { Author = "opr_1" } }, Moves.Hold);

        Assert.Equal(new Authorship(ByPerson: false, EditedByPerson: false), await scene.WriteAsync(u => u.FindAuthorshipAsync(scene.Account, agents.Message.Id)));
        Assert.Equal(new Authorship(ByPerson: true, EditedByPerson: false), await scene.WriteAsync(u => u.FindAuthorshipAsync(scene.Account, persons.Message.Id)));
    }

    [Fact]
    public async Task How_other_servers_took_the_mail_stands_beside_it()
    {
        var scene = await SceneAsync();
        var message = scene.Ids.Next<MessageId>();
        await scene.WriteAsync(u => u.NoteSentAsync(scene.Account, scene.Mailbox, message));
        await scene.WriteAsync(u => u.NoteHardBounceAsync(scene.Account, scene.Mailbox, message));

        Assert.Equal(new SentCounts(1, 1, 0), (await scene.Store.EvidenceAsync(scene.Account, scene.Mailbox, Cancelled)).Sent);
    }

    [Fact]
    public async Task Loose_mailboxes_are_those_that_send_without_a_person()
    {
        var scene = await SceneAsync();
        var loose = new[] { Mode.Monitored, Mode.Autonomous }.Select(m => scene.NewMailbox($"{m}@example.org") with { Mode = m }).ToList();
        var gone = scene.NewMailbox("gone@example.org") with { Mode = Mode.Autonomous, DeactivatedAt = scene.Now };
        foreach (var mailbox in loose.Append(gone))
        {
            await scene.WriteAsync(u => u.InsertMailboxAsync(mailbox));
        }

        Assert.Equal(loose.Select(m => m.Id), await scene.Store.LooseMailboxesAsync(scene.Account, Cancelled));
        Assert.Equal(loose.Select(m => m.Id), await scene.WriteAsync(u => u.FindLooseMailboxesAsync(scene.Account)));
    }

    private static async Task JudgeAsync(Scene scene, bool clean, int seconds, bool canary = false, string? of = null, MessageId? message = null) =>
        await scene.WriteAsync(u => u.JudgeAsync(new Judgement(
            scene.Account, scene.Mailbox, message ?? scene.Ids.Next<MessageId>(), canary, clean, of, TimeSpan.FromSeconds(seconds), scene.Now)));
}
