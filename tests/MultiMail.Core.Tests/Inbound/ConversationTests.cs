using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Core.Tests.Attacks;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Inbound;

/// <summary>Which messages are one conversation, whatever order they come in and whoever writes them.</summary>
public sealed class ConversationTests
{
    private const string Root = "Message-ID: <root@x.example>";

    [Theory]
    [InlineData("References: <root@x.example> <unknown@x.example>")]
    [InlineData("References: <unknown@x.example>\r\nIn-Reply-To: <root@x.example>")]
    [InlineData("In-Reply-To: Your message of Monday <root@x.example> <other@x.example>")]
    public async Task An_answer_joins_what_it_names(string fields)
    {
        await using var house = await House.BuildAsync();
        var root = await ComesAsync(house, Root);
        Assert.Equal(root, await ComesAsync(house, fields, "quite another subject"));
    }

    [Fact]
    public async Task The_last_known_reference_counts()
    {
        await using var house = await House.BuildAsync();
        var one = await ComesAsync(house, "Message-ID: <one@x.example>");
        var two = await ComesAsync(house, "Message-ID: <two@x.example>");
        Assert.NotEqual(one, two);
        Assert.Equal(two, await ComesAsync(house, "References: <one@x.example> <two@x.example> <lost@x.example>"));
        Assert.Equal(one, await ComesAsync(house, "References: <two@x.example> <one@x.example>\r\nIn-Reply-To: <two@x.example>"));
    }

    [Fact]
    public async Task The_subject_alone_joins_nothing()
    {
        await using var house = await House.BuildAsync();
        var first = await ComesAsync(house, Root, "Invoice");
        Assert.NotEqual(first, await ComesAsync(house, "Message-ID: <b@x.example>", "Re: Invoice"));
        Assert.NotEqual(first, await ComesAsync(house, "X: y", "Invoice"));
    }

    [Fact]
    public async Task A_forward_with_references_stays_in_its_conversation()
    {
        await using var house = await House.BuildAsync();
        var root = await ComesAsync(house, Root, "Offer");
        Assert.Equal(root, await ComesAsync(house, "References: <root@x.example>", "Fwd: Offer"));
    }

    [Fact]
    public async Task A_parent_that_comes_late_joins_its_answer()
    {
        await using var house = await House.BuildAsync();
        var answer = await ComesAsync(house, "Message-ID: <answer@x.example>\r\nIn-Reply-To: <root@x.example>");
        Assert.Equal(answer, await ComesAsync(house, Root));
        Assert.Equal(answer, await ComesAsync(house, "In-Reply-To: <answer@x.example>"));
    }

    [Theory]
    [InlineData("012")]
    [InlineData("021")]
    [InlineData("102")]
    [InlineData("120")]
    [InlineData("201")]
    [InlineData("210")]
    public async Task A_conversation_is_one_in_whatever_order_it_comes(string order)
    {
        await using var house = await House.BuildAsync();
        string[] mails =
        [
            Root,
            "Message-ID: <b@x.example>\r\nReferences: <root@x.example>",
            "Message-ID: <c@x.example>\r\nReferences: <root@x.example> <b@x.example>",
        ];
        var threads = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in order)
        {
            threads.Add(await ComesAsync(house, mails[place - '0']));
        }

        Assert.Single(threads);
    }

    [Fact]
    public async Task Answers_to_a_message_that_never_comes_are_together()
    {
        await using var house = await House.BuildAsync();
        var one = await ComesAsync(house, "Message-ID: <a@x.example>\r\nReferences: <never@x.example>");
        Assert.Equal(one, await ComesAsync(house, "Message-ID: <b@x.example>\r\nReferences: <never@x.example>"));
    }

    [Fact]
    public async Task What_waits_in_one_mailbox_or_world_joins_nothing_in_another()
    {
        await using var house = await House.BuildAsync();
        var here = await ComesAsync(house, "In-Reply-To: <root@x.example>");
        var there = await house.WritesAsync(Installation.PersonAddress, Stranger.Mail("Hello", "Hello.", Root));
        var test = await house.WritesAsync(Installation.AgentAddress, Stranger.Mail("Hello", "Hello.", Root), World.Test);
        Assert.Equal(3, new HashSet<string>([here, await ThreadOfAsync(house, there), await ThreadOfAsync(house, test)], StringComparer.Ordinal).Count);
    }

    [Fact]
    public async Task What_names_itself_or_goes_in_circles_is_in_one_conversation_once()
    {
        await using var house = await House.BuildAsync();
        var self = await ComesAsync(house, "Message-ID: <self@x.example>\r\nReferences: <self@x.example> <self@x.example>\r\nIn-Reply-To: <self@x.example>");
        var one = await ComesAsync(house, "Message-ID: <one@x.example>\r\nReferences: <two@x.example>");
        var two = await ComesAsync(house, "Message-ID: <two@x.example>\r\nReferences: <one@x.example>");
        Assert.NotEqual(self, one);
        Assert.Equal(one, two);
        Assert.Equal(2, (await ReadThreadAsync(house, one)).Total);
    }

    [Fact]
    public async Task A_copied_Message_ID_takes_no_message_out_of_its_conversation()
    {
        await using var house = await House.BuildAsync();
        var root = await ComesAsync(house, Root);
        var forged = await ComesAsync(house, Root, "Forged");
        Assert.NotEqual(root, forged);
        Assert.Equal(1, (await ReadThreadAsync(house, root)).Total);
        Assert.Contains(await ComesAsync(house, "In-Reply-To: <root@x.example>"), new[] { root, forged });
    }

    [Fact]
    public async Task Two_conversations_that_a_message_names_stay_two()
    {
        await using var house = await House.BuildAsync();
        var one = await ComesAsync(house, "Message-ID: <one@x.example>");
        var two = await ComesAsync(house, "Message-ID: <two@x.example>\r\nReferences: <bridge@x.example>");
        Assert.Equal(one, await ComesAsync(house, "Message-ID: <bridge@x.example>\r\nReferences: <one@x.example>"));
        Assert.Equal((2, 1), ((await ReadThreadAsync(house, one)).Total, (await ReadThreadAsync(house, two)).Total));
    }

    [Fact]
    public async Task A_thousand_references_cost_a_bounded_number_of_places()
    {
        await using var house = await House.BuildAsync();
        var root = await ComesAsync(house, "Message-ID: <0@x.example>");
        var many = "References: " + string.Join("\r\n ", Enumerable.Range(0, 1_000).Select(i => $"<{i}@x.example>"));
        Assert.Equal(root, await ComesAsync(house, many));
        Assert.Equal(root, await ComesAsync(house, "Message-ID: <999@x.example>"));
        Assert.NotEqual(root, await ComesAsync(house, "Message-ID: <500@x.example>"));
        Assert.NotEqual(root, await ComesAsync(house, $"Message-ID: <long@x.example>\r\nReferences: <{new string('a', 5_000)}@x.example>"));
    }

    [Fact]
    public async Task An_answer_of_ours_and_the_answer_to_it_are_in_the_conversation()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var id = await house.WritesAsync(Installation.AgentAddress, Stranger.Mail("Hello", "Hello.", Root).Replace("eve@stranger.example", Installation.PersonAddress, StringComparison.Ordinal));
        var sent = await house.Node.Submissions.ReplyAsync(house.Agent, new Reply { MessageId = id, Text = "Yes." }, default);
        Assert.Equal(await ThreadOfAsync(house, id), sent.ThreadId);
        Assert.Equal(sent.ThreadId, await ComesAsync(house, $"In-Reply-To: <{sent.MessageId}@{LocalDomain.Name}>"));
    }

    /// <returns>Public id of the thread that it joined or opened.</returns>
    private static async Task<string> ComesAsync(House house, string fields, string subject = "Hello") =>
        await ThreadOfAsync(house, await house.WritesAsync(Installation.AgentAddress, Stranger.Mail(subject, "Hello.", fields)));

    private static async Task<string> ThreadOfAsync(House house, string message) =>
        (await house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = message }, default)).ThreadId;

    private static Task<ThreadView> ReadThreadAsync(House house, string thread) =>
        house.Node.Inbox.ThreadAsync(house.Person, new ThreadRequest { ThreadId = thread }, default);
}
