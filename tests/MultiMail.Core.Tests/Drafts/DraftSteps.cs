using MultiMail.Core.Accounts;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Drafts;

/// <summary>The usual steps of what has not left yet.</summary>
internal static class DraftSteps
{
    public static Submission Note(string text = "First words.") => new()
    {
        From = Installation.AgentAddress,
        To = [Installation.PersonAddress],
        Subject = "A draft",
        Text = text,
    };

    public static Task<EditReceipt> SaveAsync(this House house, Submission? written = null, Principal? who = null, string? inReplyTo = null) =>
        house.Node.Drafts.SaveAsync(who ?? house.Agent, new DraftRequest(written ?? Note(), inReplyTo), default);

    public static async Task<EditReceipt> EditAsync(this House house, string id, Func<EditRequest, EditRequest> change, Principal? who = null, int? version = null) =>
        await house.Node.Drafts.EditAsync(
            who ?? house.Agent, change(new EditRequest { MessageId = id, ExpectedVersion = version ?? (await house.MessageAsync(id)).Version }), default);

    public static async Task<SubmissionReceipt> SendDraftAsync(this House house, string id, Principal? who = null, string? sendAt = null, string? key = null, int? version = null) =>
        await house.Node.Drafts.SendAsync(
            who ?? house.Agent, new SendDraftRequest { MessageId = id, ExpectedVersion = version ?? (await house.MessageAsync(id)).Version, SendAt = sendAt, IdempotencyKey = key }, default);

    public static async Task<Message> MessageAsync(this House house, string id)
    {
        Assert.True(house.Node.Ids.TryParse<Ids.MessageId>(id, out var parsed));
        return (await house.Node.Store.MessageAsync(house.Person.Account, parsed, default))!;
    }

    public static async Task<string> DigestAsync(this House house, string id) => Digests.Text((await house.MessageAsync(id)).Digest);

    public static async Task<string> WireAsync(this House house, string id)
    {
        var message = await house.MessageAsync(id);
        return System.Text.Encoding.ASCII.GetString((await house.Node.Store.RawAsync(message.Account, message.RawSha256, default))!);
    }

    public static async Task<IReadOnlyList<string>> TimelineAsync(this House house, string id)
    {
        var list = await house.Node.Submissions.StatusAsync(house.Person, new StatusRequest { MessageIds = [id] }, default);
        return [.. list.Messages[0].Timeline.Select(t => t.Event)];
    }

    public static Task<DecisionReceipt> AskForChangesAsync(this House house, string id, string reason) =>
        house.Node.Decisions.RequestChangesAsync(house.Person, new DecisionRequest(id, null, reason), default);

    public static async Task<EditReceipt> HumanEditAsync(this House house, string id, EditRequest changes, Principal? who = null, string? digest = null) =>
        await house.Node.Drafts.EditPendingAsync(who ?? house.Person, new HumanEditRequest(id, digest ?? await house.DigestAsync(id), changes), default);
}
