using System.Text.Json;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Oversight;

namespace MultiMail.Mcp.Commands.Demo;

/// <summary>The main job. Each line told was read back from the system, and a step that does not hold ends the story.</summary>
internal sealed class DemoStory(DemoStage stage, Narrator narrator)
{
    private const string Subject = "Offer 4711";
    private const string Question = "Dear customer, our offer 4711 stands until Friday. Shall we go ahead?";
    private const string Answer = "Yes, please go ahead.";
    private const int Patience = 20;

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        narrator.Say("MultiMail: an agent writes, a person decides. All of this happens in a data folder that is deleted afterwards.");
        await using var agent = await ConnectAsync(cancellationToken);
        var sent = await SendAsync(agent, cancellationToken);
        await WaitsAsync(agent, sent, cancellationToken);
        narrator.Step("A person approves. Here this demo plays the person, with a signed-in operator's session of its own; the agent has no part in it.");
        await ApproveAsync(sent, cancellationToken);
        narrator.Step("The agent's node delivers it, and the agent learns so (get_message_status).");
        await DeliveredAsync(agent, sent, cancellationToken);
        await AnswerAsync(cancellationToken);
        await ConversationAsync(agent, sent, cancellationToken);
        await new DemoProof(stage, narrator).CheckAsync(sent, cancellationToken);
        narrator.Say($"{Environment.NewLine}Every step held.");
    }

    private async Task<DemoAgent> ConnectAsync(CancellationToken cancellationToken)
    {
        narrator.Step("An agent connects: an MCP client that starts `multimail stdio` as a process of its own.");
        var agent = await stage.AgentAsync(apiKey: null, cancellationToken);
        var tools = await agent.ToolsAsync(cancellationToken);
        narrator.Saw($"{agent.ServerName} offers {tools.Count} tools");
        return agent;
    }

    private async Task<string> SendAsync(DemoAgent agent, CancellationToken cancellationToken)
    {
        narrator.Step($"The agent sends a message to {stage.Installation.PersonMailbox} (send_email).");
        var receipt = await agent.CallAsync(
            "send_email",
            new(StringComparer.Ordinal)
            {
                ["from"] = stage.Installation.AgentMailbox, ["to"] = stage.Installation.PersonMailbox, ["subject"] = Subject, ["text"] = Question,
            },
            cancellationToken);
        var id = Text(receipt, "message_id");
        narrator.Saw($"{id}: {Text(receipt, "status")}, mailbox mode {Text(receipt, "oversight_mode")}");
        DemoException.Unless(Text(receipt, "status") == "pending", "the message did not wait for a person.");
        return id;
    }

    private async Task WaitsAsync(DemoAgent agent, string id, CancellationToken cancellationToken)
    {
        narrator.Step("The message waits. The agent can see that, and nothing more (list_pending, get_message_status).");
        var pending = await agent.CallAsync("list_pending", [], cancellationToken);
        var ids = Member(pending, "pending").EnumerateArray().Select(p => Text(p, "message_id")).ToList();
        narrator.Saw($"waiting: {string.Join(", ", ids)}");
        DemoException.Unless(ids.Contains(id, StringComparer.Ordinal), "the queue does not show the message.");
        narrator.Saw($"status: {await StatusAsync(agent, id, "decided", waitSeconds: 0, cancellationToken)}");
        var arrived = await stage.Node.Inbox.ListAsync(stage.Person, new() { Mailbox = stage.Installation.PersonMailbox }, cancellationToken);
        narrator.Saw($"messages in {stage.Installation.PersonMailbox}: {arrived.Messages.Count}");
        DemoException.Unless(arrived.Messages.Count == 0, "something arrived that nobody approved.");
    }

    /// <summary>Looks at the frozen message and approves exactly its digest.</summary>
    private async Task ApproveAsync(string id, CancellationToken cancellationToken)
    {
        var review = await stage.Node.Pending.ReviewAsync(stage.Person, id, cancellationToken);
        narrator.Saw($"to decide: \"{review.Item.Subject}\" to {string.Join(", ", review.Item.To)}");
        narrator.Saw($"digest {review.Item.Digest}");
        var decision = await stage.Node.Decisions.ApproveAsync(stage.Person, new DecisionRequest(id, review.Item.Digest, Reason: null), cancellationToken);
        narrator.Saw($"{decision.DecisionId} by {decision.DecidedBy}: {decision.Status}");
    }

    private async Task DeliveredAsync(DemoAgent agent, string id, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(agent, id, "delivered", Patience, cancellationToken);
        narrator.Saw($"status: {status}");
        DemoException.Unless(status == "delivered", "the approved message was not delivered.");
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        narrator.Step($"A second agent, whose key opens only {stage.Installation.PersonMailbox}, finds and reads it (check_inbox, read_email).");
        var key = await stage.Node.Keys.CreateAsync(
            stage.Person, new NewKey { Name = "second", Scopes = ["read", "send"], Mailboxes = [stage.Installation.PersonMailbox] }, cancellationToken);
        await using var second = await stage.AgentAsync(key.Key, cancellationToken);
        var inbox = await second.CallAsync("check_inbox", [], cancellationToken);
        var received = Text(First(inbox, "messages"), "message_id");
        var read = await second.CallAsync("read_email", new(StringComparer.Ordinal) { ["message_id"] = received }, cancellationToken);
        narrator.Saw($"{received}: {Text(read, "untrusted_subject")}");
        DemoException.Unless(Text(read, "untrusted_body").Contains(Question, StringComparison.Ordinal), "what arrived is not what was approved.");
        await new DemoSignature(stage, narrator).CheckAsync(received, cancellationToken);

        narrator.Step("It replies (reply_email). A reply waits for a person too, and is approved and delivered in the same way.");
        var reply = await second.CallAsync("reply_email", new(StringComparer.Ordinal) { ["message_id"] = received, ["text"] = Answer }, cancellationToken);
        var id = Text(reply, "message_id");
        narrator.Saw($"{id}: {Text(reply, "status")}");
        await ApproveAsync(id, cancellationToken);
        await DeliveredAsync(second, id, cancellationToken);
    }

    private async Task ConversationAsync(DemoAgent agent, string sent, CancellationToken cancellationToken)
    {
        narrator.Step("The first agent gets the answer, in the thread it began (wait_for_email, get_thread).");
        var came = await agent.CallAsync(
            "wait_for_email", new(StringComparer.Ordinal) { ["since_id"] = sent, ["timeout_seconds"] = Patience }, cancellationToken);
        var message = Member(came, "message");
        narrator.Saw($"from {Text(message, "from_address")}: {Text(message, "untrusted_subject")}");
        var thread = await agent.CallAsync("get_thread", new(StringComparer.Ordinal) { ["message_id"] = Text(message, "message_id") }, cancellationToken);
        var count = Member(thread, "messages").GetArrayLength();
        narrator.Saw($"messages in the thread: {count}");
        DemoException.Unless(count == 2, "question and answer are not one thread.");
    }

    private static async Task<string> StatusAsync(DemoAgent agent, string id, string until, int waitSeconds, CancellationToken cancellationToken)
    {
        var answer = await agent.CallAsync(
            "get_message_status",
            new(StringComparer.Ordinal) { ["message_ids"] = new[] { id }, ["until"] = until, ["wait_seconds"] = waitSeconds },
            cancellationToken);
        return Text(First(answer, "messages"), "status");
    }

    private static JsonElement First(JsonElement answer, string name) =>
        Member(answer, name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? list[0]
            : throw new DemoException($"an answer's {name} are empty.");

    private static JsonElement Member(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) ? value : throw new DemoException($"an answer has no {name}: {answer}");

    private static string Text(JsonElement answer, string name) =>
        Member(answer, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text
            ? text
            : throw new DemoException($"an answer's {name} is no text.");
}
