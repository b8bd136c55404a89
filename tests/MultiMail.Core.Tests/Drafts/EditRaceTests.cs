using MultiMail.Core.Errors;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Drafts;

public sealed class EditRaceTests
{
    [Fact]
    public async Task Whoever_is_first_what_leaves_are_bytes_that_a_person_approved()
    {
        await using var house = await House.BuildAsync();
        var left = new HashSet<int>();
        for (var round = 0; round < 60; round++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            var sent = await house.SendAsync(Letter($"Round {round}"));
            var shown = await house.DigestAsync(sent.MessageId);
            Task[] all =
            [
                TryAsync(() => house.EditAsync(sent.MessageId, e => e with { Text = "Changed under your eyes." })),
                TryAsync(() => house.ApproveAsync(sent.MessageId, digest: shown)),
                TryAsync(() => house.Node.Drafts.EditPendingAsync(house.Person, new HumanEditRequest(sent.MessageId, shown, new EditRequest { Text = "By a person." }), default)),
                TryAsync(house.DeliverAsync),
                TryAsync(house.DeliverAsync),
            ];
            await Task.WhenAll(all);
            await house.DeliverAsync();

            var message = await house.MessageAsync(sent.MessageId);
            if (message.State is MessageState.Delivered)
            {
                Assert.Equal(shown, Digests.Text(message.Digest)); // only the first revision was approved
                left.Add(message.Revision);
            }
            else
            {
                Assert.Equal(MessageState.Pending, message.State);
                Assert.InRange(message.Revision, 2, 3);
                Assert.Equal("digest_mismatch", await RefusedAsync(() => house.ApproveAsync(sent.MessageId, digest: shown)));
            }
        }

        Assert.DoesNotContain("Changed under your eyes.", (await house.ListAsync(Installation.PersonAddress)).Messages.Select(m => m.Snippet));
        Assert.True(left.Count <= 1);
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, default)).Ok);
    }

    [Fact]
    public async Task Of_two_edits_of_one_version_one_wins()
    {
        await using var house = await House.BuildAsync();
        for (var round = 0; round < 20; round++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            var saved = await house.SaveAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => OutcomeAsync(() => house.EditAsync(saved.MessageId, e => e with { Text = $"Of {i}." }, version: 1))));
            Assert.Equal(1, answers.Count(a => a is null));
            Assert.All(answers.OfType<string>(), a => Assert.Equal("version_conflict", a));
            Assert.Equal(2, (await house.MessageAsync(saved.MessageId)).Version);
        }
    }

    [Fact]
    public async Task With_two_deciders_the_editor_is_not_one_of_them()
    {
        await using var house = await House.BuildAsync();
        Assert.Equal(1, house.Tamper("UPDATE account SET dual_control = 1"));
        var sent = await house.SendAsync();
        await house.ApproveAsync(sent.MessageId);
        Assert.Equal("pending", await house.StatusAsync(sent.MessageId));
        await house.HumanEditAsync(sent.MessageId, new EditRequest { Text = "My words." });
        Assert.Equal("self_approval_forbidden", await RefusedAsync(async () => await house.ApproveAsync(sent.MessageId, digest: await house.DigestAsync(sent.MessageId))));
        var (second, third) = (house.Person with { PublicId = "opr_2", Owner = "opr_2", Lineage = "opr_2" }, house.Person with { PublicId = "opr_3", Owner = "opr_3", Lineage = "opr_3" });
        var digest = await house.DigestAsync(sent.MessageId);
        Assert.Equal("pending", (await house.ApproveAsync(sent.MessageId, second, digest)).Status); // the approval before the edit is void
        Assert.Equal("queued", (await house.ApproveAsync(sent.MessageId, third, digest)).Status);
    }

    private static async Task TryAsync(Func<Task> act) => await OutcomeAsync(act);

    private static Task<string?> OutcomeAsync(Func<Task> act) => Task.Run(async () =>
    {
        try
        {
            await act();
            return null;
        }
        catch (RefusalException refusal)
        {
            return refusal.Code;
        }
    });
}
