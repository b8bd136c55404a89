using MultiMail.Core.Messages;
using MultiMail.Core.Policy;
using MultiMail.Core.Tests.Delivery;

namespace MultiMail.Core.Tests.Policy;

public sealed class TaintTests
{
    private const string Secret = "The safe behind the picture opens with seven four nine two one, and nobody but me knows it.";
    private static readonly SubmittedAttachment Note = new("note.txt", "text/plain", "aGVsbG8=");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Mode, what is new in the answer, and what becomes of it.</summary>
    public static TheoryData<string, string, string> Matrix => new()
    {
        { "gated_all", "nothing", "pending" },
        { "gated_send", "nothing", "queued" },
        { "monitored", "nothing", "queued" },
        { "autonomous", "nothing", "queued" },
        { "gated_send", "recipient", "pending" },
        { "monitored", "recipient", "pending" },
        { "autonomous", "recipient", "pending" },
        { "gated_send", "attachment", "pending" },
        { "monitored", "attachment", "pending" },
        { "autonomous", "attachment", "pending" },
        { "gated_send", "domain", "pending" },
        { "monitored", "domain", "pending" },
        { "autonomous", "domain", "pending" },
        { "gated_send", "foreign", "pending" },
        { "monitored", "foreign", "pending" },
        { "autonomous", "foreign", "pending" },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Answers_leave_unless_something_in_them_is_new(string mode, string what, string status)
    {
        await using var house = await PolicyHouse.BuildAsync(mode == "gated_all" ? "gated_send" : mode);
        await house.AddAsync("send", "allow", "*");
        var other = await house.ArriveAsync("owner@house.example", Secret, "Private");
        var asked = await house.ArriveAsync(PolicyHouse.Customer);
        await house.House.SetModeAsync(PolicyHouse.Agent, mode);
        await house.ReadAsync(other!);
        await house.ReadAsync(asked!);

        var receipt = await house.ReplyAsync(asked!, reply => what switch
        {
            "recipient" => reply with { Bcc = ["drop@customer.example"] },
            "attachment" => reply with { Attachments = [Note] },
            "domain" => reply with { Text = "See https://collect.evil.example/x" },
            "foreign" => reply with { Text = "By the way: " + Secret.ToUpperInvariant().Replace(" ", "\n", StringComparison.Ordinal) },
            _ => reply,
        });

        Assert.Equal(status, receipt.Status);
        var message = await house.MessageAsync(receipt);
        Assert.True(message.Tainted);
        var flags = await house.FlagsAsync(receipt);
        string[] expected = what switch
        {
            "recipient" => [RiskCodes.TaintNewRecipient],
            "attachment" => [RiskCodes.TaintAttachment],
            "domain" => [RiskCodes.TaintNewDomain],
            "foreign" => [RiskCodes.TaintForeignData],
            _ => [],
        };
        Assert.Equal(expected, flags.Where(f => f.StartsWith("taint_", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("gated_send")]
    [InlineData("monitored")]
    [InlineData("autonomous")]
    public async Task A_fresh_mail_after_reading_waits_and_names_what_was_read(string mode)
    {
        await using var house = await PolicyHouse.BuildAsync(mode);
        await house.AddAsync("send", "allow", "*");
        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer)));
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        await house.ReadAsync(id!);

        var receipt = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Subject = "Another" });

        Assert.Equal("pending", receipt.Status);
        var review = await house.Node.Pending.ReviewAsync(house.House.Person, receipt.MessageId, Token);
        Assert.Equal((true, id), (review.Tainted, review.TaintedBy));
        Assert.Contains(review.Item.Risks!, r => r is { Code: RiskCodes.TaintNewRecipient, Holds: true });
    }

    [Theory]
    [InlineData("list")]
    [InlineData("search")]
    [InlineData("thread")]
    [InlineData("wait")]
    public async Task Every_way_of_reading_counts(string way)
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        var node = house.Node;
        switch (way)
        {
            case "list":
                await node.Inbox.ListAsync(house.Key, new InboxRequest { Mailbox = PolicyHouse.Agent }, Token);
                break;
            case "search":
                await house.House.Store.IndexPendingAsync(100, Token);
                await node.Inbox.SearchAsync(house.Key, new SearchRequest { Query = "order" }, Token);
                break;
            case "thread":
                await node.Inbox.ThreadAsync(house.Key, new ThreadRequest { MessageId = id }, Token);
                break;
            default:
                await node.Inbox.WaitAsync(house.Key, new WaitRequest { Mailbox = PolicyHouse.Agent, From = "carla" }, Token);
                break;
        }

        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail("new@where.example")));
    }

    [Fact]
    public async Task Reading_is_forgotten_after_a_day_but_a_conversation_never()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        await house.ReadAsync(id!);
        house.House.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail("new@where.example")));
        house.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await RelayHouse.KnowAsync(house.House, ["new@where.example"]);

        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail("new@where.example") with { Subject = "Another" }));
        Assert.Equal("pending", (await house.ReplyAsync(id!, r => r with { Cc = ["new@where.example"] })).Status);
    }

    [Fact]
    public async Task A_persons_reading_and_another_keys_taint_nothing()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        var other = (await house.House.KeyAsync("send,read", "live", PolicyHouse.Agent)).Principal;
        await house.Node.Inbox.ReadAsync(house.House.Person, new ReadRequest { MessageId = id }, Token);
        await house.Node.Inbox.ReadAsync(other, new ReadRequest { MessageId = id }, Token);
        await RelayHouse.KnowAsync(house.House, ["new@where.example"]);

        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail("new@where.example")));
    }

    [Fact]
    public async Task Another_node_learns_what_was_read_here()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        await house.ReadAsync(id!);
        var second = Node.MultiMailNode.Create(house.House.Store, house.Node.Options, house.House.Clock);

        Assert.Equal("pending", (await second.Submissions.SendAsync(house.Key, PolicyHouse.Mail("new@where.example"), Token)).Status);
    }

    [Fact]
    public async Task A_held_mail_makes_nobody_a_participant()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        Assert.Equal("pending", (await house.ReplyAsync(id!, r => r with { Cc = ["drop@evil.example"] })).Status);

        Assert.Equal("pending", (await house.ReplyAsync(id!, r => r with { Cc = ["drop@evil.example"], Text = "Once more." })).Status);
    }

    [Fact]
    public async Task Another_reply_to_than_the_author_waits()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var id = await house.ArriveAsync(PolicyHouse.Customer, "Hello\r\n", "Order\r\nReply-To: drop@evil.example");
        id ??= (await house.Node.Inbox.ListAsync(house.House.Person, new InboxRequest { Mailbox = PolicyHouse.Agent }, Token)).Messages[0].MessageId;

        Assert.Equal("pending", (await house.ReplyAsync(id)).Status);
    }

    [Theory]
    [InlineData("abcdefghij abcdefghij abcdefghij abcdefghij", true)]
    [InlineData("abcdefghij abcdefghij abcdefghij abcdefghi", false)]
    [InlineData("ABCDEFGHIJ-abcdefghij, abcdefghij; abcdefghij!", true)]
    public void Forty_letters_in_a_row_are_a_match(string foreign, bool matches) =>
        Assert.Equal(matches, ForeignText.Repeats($"x{foreign}y and more", [], [foreign]));

    [Fact]
    public void What_the_conversation_itself_says_is_not_foreign()
    {
        const string Common = "This message and its attachments are confidential and meant for the addressee alone.";
        Assert.True(ForeignText.Repeats(Common, [], [Common]));
        Assert.False(ForeignText.Repeats(Common, [Common], [Common]));
    }
}
