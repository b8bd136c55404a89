using MultiMail.Core.Errors;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests;

public sealed class InboxTests
{
    [Fact]
    public async Task Pages_stay_whole_while_mail_arrives()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await ArriveAsync(house, "old", 12);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await house.Node.Inbox.ListAsync(house.Person, new InboxRequest { Mailbox = Installation.PersonAddress, Limit = 5, Cursor = cursor }, default);
            seen.AddRange(page.Messages.Select(m => m.Subject));
            cursor = page.NextCursor;
            await ArriveAsync(house, $"new {seen.Count}", 3);
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 12).Reverse().Select(i => $"old {i}"), seen);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task A_cursor_that_was_not_made_here_is_refused(string cursor)
    {
        await using var house = await House.BuildAsync();
        Assert.Equal("invalid_cursor", await RefusedAsync(() => house.Node.Inbox.ListAsync(house.Agent, new InboxRequest { Cursor = cursor }, default)));
    }

    [Fact]
    public async Task Reading_is_paged_without_loss_and_never_marks_read()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var text = string.Concat(Enumerable.Range(0, 400).Select(i => $"Line {i} with a grin 😀 in it.\n"));
        await house.SendAsync(Letter(text: text));
        await house.DeliverAsync();
        var id = (await house.ListAsync(Installation.PersonAddress)).Messages[0].MessageId;
        var whole = string.Empty;
        MessageView view;
        do
        {
            view = await house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = id, MaxChars = 501, Offset = whole.Length }, default);
            whole += view.Body;
        }
        while (view.RemainingChars > 0);
        Assert.EndsWith("\n\n" + text.TrimEnd(), whole.TrimEnd(), StringComparison.Ordinal);
        Assert.True((await house.ListAsync(Installation.PersonAddress)).Messages[0].Unread);
    }

    [Fact]
    public async Task Invisible_characters_are_taken_out_and_counted()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.SendAsync(Letter("Invo\u200Bice", "Pay \u202Enow\U000E0041."));
        await house.DeliverAsync();
        var arrived = (await house.ListAsync(Installation.PersonAddress)).Messages[0];
        Assert.Equal("Invoice", arrived.Subject);
        var view = await house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = arrived.MessageId }, default);
        Assert.EndsWith("\n\nPay now.", view.Body.Trim(), StringComparison.Ordinal);
        Assert.Equal(2, view.Normalised.Values.Sum());
    }

    [Fact]
    public async Task Search_finds_words_phrases_and_fields_once_indexed()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.SendAsync(Letter("Invoice 17", "The blue bicycle costs 400 euros."));
        await house.DeliverAsync();
        await house.SendAsync(Letter("Holiday", "A red bicycle, in the sun. Café."));
        await house.DeliverAsync();
        while (await house.Node.Store.IndexPendingAsync(100, default) > 0)
        {
            // until all is searchable
        }

        async Task<IEnumerable<string>> FindAsync(string query) =>
            (await house.Node.Inbox.SearchAsync(house.Person, new SearchRequest { Query = query, Folder = "inbox" }, default)).Messages.Select(m => m.Subject);
        Assert.Equal(["Holiday", "Invoice 17"], await FindAsync("bicycle"));
        Assert.Equal(["Invoice 17"], await FindAsync("\"blue bicycle\""));
        Assert.Equal(["Holiday"], await FindAsync("bicycle -euros"));
        Assert.Equal(["Holiday"], await FindAsync("cafe"));
        Assert.Equal(["Invoice 17"], await FindAsync("subject:invoice"));
        Assert.Equal(["Holiday", "Invoice 17"], await FindAsync("bicy*"));
        Assert.Empty(await FindAsync("\" OR subject:x NEAR(\" bicycle ^ *"));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => FindAsync("x")));
    }

    [Fact]
    public async Task Tags_are_set_removed_and_looked_for_each_message_for_itself()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        var results = await house.Node.Inbox.TagAsync(
            house.Agent, new TagRequest { MessageIds = [receipt.MessageId, "msg_00000000000000000000000000"], Tags = new Dictionary<string, string> { ["case"] = "17" } }, default);
        Assert.Equal([true, false], results.Select(r => r.Ok));
        Assert.Equal("not_found", results[1].Code);
        async Task<int> CountAsync(string tag) => (await house.Node.Inbox.ListAsync(house.Agent, new InboxRequest { Folder = "sent", Tag = tag }, default)).Messages.Count;
        Assert.Equal(1, await CountAsync("case=17"));
        Assert.Equal(0, await CountAsync("case=18"));
        await house.Node.Inbox.TagAsync(house.Agent, new TagRequest { MessageIds = [receipt.MessageId], Remove = ["case"] }, default);
        Assert.Equal(0, await CountAsync("case"));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Inbox.TagAsync(house.Agent, new TagRequest { MessageIds = [receipt.MessageId], Tags = new Dictionary<string, string> { ["No Good"] = "1\n2" } }, default)));
    }

    [Fact]
    public async Task Waiting_ends_when_the_mail_arrives_and_when_nothing_does()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var waiting = house.Node.Inbox.WaitAsync(house.Person, new WaitRequest { Mailbox = Installation.PersonAddress, SubjectContains = "numbers", TimeoutSeconds = 120 }, default);
        await house.SendAsync(Letter("Something else"));
        await house.DeliverAsync();
        Assert.False(waiting.IsCompleted);
        await house.SendAsync();
        await house.DeliverAsync();
        var found = await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("Quarterly numbers", found.Message?.Subject);

        using var cancel = new CancellationTokenSource();
        var second = house.Node.Inbox.WaitAsync(house.Person, new WaitRequest { Mailbox = Installation.PersonAddress, SinceId = found.Message!.MessageId }, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task Waiting_walks_on_from_the_oldest_of_many()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await ArriveAsync(house, "before", 1);
        var since = (await house.ListAsync(Installation.PersonAddress)).Messages[0].MessageId;
        await ArriveAsync(house, "after", 101);
        var found = await house.Node.Inbox.WaitAsync(house.Person, new WaitRequest { Mailbox = Installation.PersonAddress, SinceId = since }, default);
        Assert.Equal("after 0", found.Message?.Subject);
    }

    [Fact]
    public async Task Held_inbound_mail_is_not_decided_yet_and_received_mail_is_there()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.SetModeAsync(Installation.PersonAddress, "gated_all");
        await house.SendAsync();
        await house.DeliverAsync();
        var held = (await house.ListAsync(Installation.PersonAddress, "held")).Messages[0].MessageId;
        var decided = house.Node.Submissions.StatusAsync(house.Person, new StatusRequest { MessageIds = [held], WaitSeconds = 120 }, default);
        var delivered = house.Node.Submissions.StatusAsync(house.Person, new StatusRequest { MessageIds = [held], WaitSeconds = 120, Until = "delivered" }, default);
        Assert.False(decided.IsCompleted || delivered.IsCompleted);
        await house.ApproveAsync(held);
        Assert.Equal("received", Assert.Single((await decided.WaitAsync(TimeSpan.FromSeconds(20))).Messages).Status);
        Assert.False((await delivered.WaitAsync(TimeSpan.FromSeconds(20))).TimedOut);
    }

    [Fact]
    public async Task A_key_of_one_mailbox_learns_nothing_of_another()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.SendAsync();
        await house.DeliverAsync();
        var arrived = (await house.ListAsync(Installation.PersonAddress)).Messages[0];
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = arrived.MessageId }, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.ListAsync(Installation.PersonAddress, who: house.Agent)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Inbox.ThreadAsync(house.Agent, new ThreadRequest { ThreadId = arrived.ThreadId }, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Submissions.ReplyAsync(house.Agent, new Reply { MessageId = arrived.MessageId, Text = "x" }, default)));
        Assert.Single((await house.Node.Mailboxes.ListAsync(house.Agent, null, null, default)).Mailboxes);
    }

    [Fact]
    public async Task Bounds_are_kept_and_named()
    {
        await using var house = await House.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Inbox.ListAsync(house.Agent, new InboxRequest { Limit = 101, Folder = "junk", Since = "yesterday" }, default));
        Assert.Equal(["limit", "folder", "since"], refusal.Violations.Select(v => v.Field));
    }

    private static async Task ArriveAsync(House house, string subject, int count)
    {
        for (var i = 0; i < count; i++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds(1));
            await house.SendAsync(Letter($"{subject} {i}"));
            await house.DeliverAsync(); // one by one: what is delivered together arrives in any order
        }
    }
}
