using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Tests.Attacks;
using MultiMail.Testing;

namespace MultiMail.Core.Tests;

/// <summary>What reading one message tells: its new text, and what we know of it beside the sender's words.</summary>
public sealed class ReadingTests
{
    private const string Answer = "Tuesday suits.\n\nOn Mon, 23 Nov 2026 at 10:05, Bo wrote:\n> Which walrus day?\n> Bo";

    [Fact]
    public async Task Quoted_text_is_counted_and_comes_when_asked_for()
    {
        await using var house = await House.BuildAsync();
        var id = await house.WritesAsync(Installation.AgentAddress, Stranger.Mail("Re: Day", Answer));
        var view = await ReadAsync(house, id);
        Assert.Equal(("Tuesday suits.", 14, Answer.Length - 14), (view.Body, view.BodyChars, view.QuotedChars));
        var whole = await ReadAsync(house, id, quoted: true);
        Assert.Equal((Answer, Answer.Length, 0), (whole.Body, whole.BodyChars, whole.QuotedChars));
        Assert.Equal("Tuesday suits.", (await house.ListAsync(Installation.AgentAddress)).Messages[0].Snippet);

        var row = Assert.Single((await house.Node.Inbox.ThreadAsync(house.Agent, new ThreadRequest { MessageId = id, Bodies = "full" }, default)).Messages);
        Assert.Equal(("Tuesday suits.", 0, Answer.Length - 14), (row.Body, row.RemainingChars, row.QuotedChars));
    }

    [Fact]
    public async Task Search_finds_what_is_quoted()
    {
        await using var house = await House.BuildAsync();
        var id = await house.WritesAsync(Installation.AgentAddress, Stranger.Mail("Re: Day", Answer));
        await house.Store.IndexPendingAsync(100, default);
        Assert.Equal(id, Assert.Single((await house.Node.Inbox.SearchAsync(house.Agent, new SearchRequest { Query = "walrus" }, default)).Messages).MessageId);
    }

    [Theory]
    [InlineData(false, "text")]
    [InlineData(true, "text")]
    [InlineData(false, "markdown")]
    [InlineData(true, "markdown")]
    public async Task Pages_join_to_the_whole_with_and_without_the_quotation(bool quoted, string format)
    {
        await using var house = await House.BuildAsync();
        var text = string.Concat(Enumerable.Range(0, 200).Select(i => $"<p>Line <b>{i}</b> 😀</p>"));
        var id = await house.WritesAsync(
            Installation.AgentAddress, Stranger.Mail("Re: Day", $"{text}<div class=gmail_quote>On Mon, 23 Nov 2026 at 10:05, Bo wrote:<blockquote>{text}</blockquote></div>", "Content-Type: text/html; charset=utf-8"));
        var whole = await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = id, Format = format, IncludeQuoted = quoted, MaxChars = 100_000 }, default);
        var joined = string.Empty;
        MessageView page;
        do
        {
            page = await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = id, Format = format, IncludeQuoted = quoted, MaxChars = 501, Offset = joined.Length }, default);
            joined += page.Body;
        }
        while (page.RemainingChars > 0);
        Assert.Equal(whole.Body, joined);
        Assert.Equal(quoted, joined.Contains("Bo wrote", StringComparison.Ordinal));
        Assert.Equal(quoted, whole.QuotedChars == 0);
        Assert.Equal(format == "markdown", joined.Contains("**7**", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hidden_text_is_counted_and_its_sample_hashed()
    {
        await using var house = await House.BuildAsync();
        var id = await house.WritesAsync(Installation.AgentAddress, Stranger.Mail("Hi", "<p>seen<p hidden>secret", "Content-Type: text/html"));
        Assert.Equal(new HiddenTextView(6, "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"), (await ReadAsync(house, id)).HiddenTextRemoved);
        Assert.Null((await ReadAsync(house, await house.WritesAsync(Installation.AgentAddress, Stranger.Mail("Hi")))).HiddenTextRemoved);
    }

    [Fact]
    public async Task A_bounce_names_our_message_to_whoever_may_see_it()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var sent = await house.SendAsync();
        await house.DeliverAsync();
        var view = await ReadAsync(house, await house.WritesAsync(Installation.AgentAddress, Bounce($"{sent.MessageId}@{LocalDomain.Name}")));
        Assert.True(view.Automatic);
        Assert.Equal(("delivery_status", sent.MessageId), (view.Report!.Kind, view.Report.OriginalMessageId));
        Assert.Equal(new ReportedRecipientView("ann@example.net", "failed", "5.1.1", "550 5.1.1 no such user"), Assert.Single(view.Report.Recipients));
    }

    [Theory]
    [InlineData("msg_00000000000000000000000000@multimail.localhost")]
    [InlineData("other@example.org")]
    [InlineData("_@_")]
    public async Task A_report_of_what_we_never_sent_names_nothing(string original)
    {
        await using var house = await House.BuildAsync();
        var view = await ReadAsync(house, await house.WritesAsync(Installation.AgentAddress, Bounce(original)));
        Assert.NotNull(view.Report);
        Assert.Null(view.Report.OriginalMessageId);
    }

    [Fact]
    public async Task A_report_in_another_mailbox_does_not_tell_what_this_one_sent()
    {
        await using var house = await House.BuildAsync();
        var pending = await house.SendAsync();
        var view = await ReadAsync(house, await house.WritesAsync(Installation.PersonAddress, Bounce($"{pending.MessageId}@{LocalDomain.Name}")), person: true);
        Assert.Null(view.Report?.OriginalMessageId);
    }

    [Fact]
    public async Task Events_and_messages_inside_are_told()
    {
        await using var house = await House.BuildAsync();
        var view = await ReadAsync(house, await house.WritesAsync(Installation.AgentAddress, Stranger.Mail(
            "Invitation",
            "--b\nContent-Type: text/plain\n\nCome.\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:7@x\nDTSTART:20261201T090000Z\nSUMMARY:Lunch\u200B time\nORGANIZER:mailto:bo@x.example\nEND:VEVENT\nEND:VCALENDAR\n"
            + "--b\nContent-Type: message/rfc822\n\nFrom: Cy <cy@x.example>\nSubject: Inner\n\ntext\n--b--",
            "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b")));
        Assert.Equal(new EventView("REQUEST", "Lunch time", null, "2026-12-01T09:00:00Z", null, "bo@x.example", "7@x"), Assert.Single(view.Events!));
        Assert.Contains(new NestedView("Inner", "cy@x.example", "Cy"), view.Attachments.Select(a => a.Message));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Precedence: bulk")]
    [InlineData("List-Id: <news.example>")]
    [InlineData("Return-Path: <>")]
    public async Task An_answer_to_a_machine_waits_for_a_person_in_every_mode(string field)
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var id = await house.WritesAsync(Installation.AgentAddress, FromPerson(Stranger.Mail("Out of office", "Away.", field)));
        Assert.True((await ReadAsync(house, id)).Automatic);
        var receipt = await house.Node.Submissions.ReplyAsync(house.Agent, new Reply { MessageId = id, Text = "Thanks." }, default);
        Assert.Equal("pending", receipt.Status);
        Assert.Equal(["reply_to_automatic"], Assert.Single((await house.Node.Pending.ListAsync(house.Person, new(), default)).Pending).RiskFlags);
    }

    [Fact]
    public async Task An_answer_to_a_person_is_not_held_for_that()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var id = await house.WritesAsync(Installation.AgentAddress, FromPerson(Stranger.Mail("Hello", "Hello.", "Auto-Submitted: no")));
        Assert.False((await ReadAsync(house, id)).Automatic);
        Assert.NotEqual("pending", (await house.Node.Submissions.ReplyAsync(house.Agent, new Reply { MessageId = id, Text = "Hello." }, default)).Status);
    }

    private static Task<MessageView> ReadAsync(House house, string id, bool? quoted = null, bool person = false) =>
        house.Node.Inbox.ReadAsync(person ? house.Person : house.Agent, new ReadRequest { MessageId = id, IncludeQuoted = quoted }, default);

    private static string FromPerson(string mail) => mail.Replace("eve@stranger.example", Installation.PersonAddress, StringComparison.Ordinal);

    private static string Bounce(string original) => Stranger.Mail(
        "failure",
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        + "Final-Recipient: rfc822; ann@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such\u200B user\r\n\r\n"
        + $"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\n\r\n--b--",
        "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=b");
}
