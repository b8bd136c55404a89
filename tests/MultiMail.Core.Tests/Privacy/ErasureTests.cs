using System.Text;
using MultiMail.Core.Audit;
using MultiMail.Core.Contacts;
using MultiMail.Core.Errors;
using MultiMail.Core.Ids;
using MultiMail.Core.Messages;
using MultiMail.Core.Privacy;
using MultiMail.Core.Oversight;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Core.Tests.Suppression;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Privacy;

/// <summary>Somebody wants to be forgotten.</summary>
public sealed class ErasureTests
{
    private const string Ann = Recipients.Ann;
    private const string Bob = "bob@example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_the_address_is_left_in_any_file()
    {
        await using var there = await FullAsync();
        var house = there.House;
        var bobs = await there.SentAsync(Bob);
        var before = await BytesAsync(house, bobs);
        Assert.NotEmpty(Traces.Of(house.Folder, Ann));

        var report = await house.Node.Privacy.EraseAsync(house.Person, Ann, "ANN@example.net", null, Token);

        Assert.True(report.Complete);
        Assert.Empty(Traces.Of(house.Folder, Ann, "Ann.Secret.Number"));
        Assert.Equal(before, await BytesAsync(house, bobs));
        Assert.True(report is { Contact: true, Rules: 1, Stopped: 2, Leaving: 0 }, report.ToString());
        Assert.True(report.Messages >= 5, report.ToString());
        Assert.Equal(4, report.Mentions);
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, Token)).Ok);
    }

    [Fact]
    public async Task The_log_grows_by_what_was_done_and_stays_what_it_was()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        var id = await there.SentAsync(Ann);
        await house.Node.Clockwork.SignCheckpointsAsync(Token);
        var checkpoint = (await house.Store.LatestCheckpointAsync(house.Person.Account, Token))!;
        var size = (await house.Store.LogHeadAsync(house.Person.Account, Token))!.Size;

        await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);

        var added = await house.Store.LogEntriesAsync(house.Person.Account, size, 10, Token);
        var texts = added.Select(e => Encoding.UTF8.GetString(e.Entry)).ToList();
        Assert.Equal(2, texts.Count);
        Assert.Contains("\"event\":\"suppression.added\"", texts[0], StringComparison.Ordinal);
        var leaves = await there.LeavesOfAsync(id);
        Assert.Contains($"\"event\":\"privacy.erased\",\"leaves\":\"{string.Join(',', ErasingUnit.Ranges(leaves))}\"", texts[1], StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"erasure\",\"result\":\"1\"", texts[1], StringComparison.Ordinal);
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, checkpoint.Note, Token)).Ok);

        // Nobody can say any more what those leaves were about.
        Assert.Null(await house.Store.OpeningAsync(house.Person.Account, Message(house, id), Token));
        Assert.Equal(Erased.ByWish, await house.Store.ErasedForAsync(house.Person.Account, Message(house, id), Token));
    }

    [Fact]
    public async Task Erased_twice_is_erased_once()
    {
        await using var there = await FullAsync();
        var house = there.House;
        await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);
        var size = (await house.Store.LogHeadAsync(house.Person.Account, Token))!.Size;

        var again = await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);

        Assert.Equal(new ErasureReport(0, 0, 0, 0, 0, 0, 0, Contact: false, Complete: true), again);
        Assert.Equal(size + 1, (await house.Store.LogHeadAsync(house.Person.Account, Token))!.Size);
    }

    [Fact]
    public async Task What_a_killed_erasure_left_over_the_next_one_finishes()
    {
        await using var there = await FullAsync();
        var house = there.House;
        var large = (await house.Store.KeptMessagesAsync(house.Person.Account, null, 100, Token)).Single(k => k.Message.Size > 300_000);

        // As far as one that died behind its first units: the row of the large bytes is gone, their file is not.
        await house.Store.WriteAsync(u => u.EraseMessageAsync(house.Person.Account, large.Message.Id, Erased.ByWish), Token);
        Assert.Contains(Traces.Of(house.Folder, Ann), t => t.StartsWith("blobs", StringComparison.Ordinal));

        Assert.True((await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token)).Complete);
        Assert.Empty(Traces.Of(house.Folder, Ann));
    }

    [Fact]
    public async Task Bytes_that_no_row_names_go_too()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        var bytes = Encoding.ASCII.GetBytes($"To: {Ann}\r\n\r\n{new string('x', 300_000)}");
        await house.Store.StoreLargeRawAsync(house.Person.Account, System.Security.Cryptography.SHA256.HashData(bytes), bytes, Token);
        Assert.NotEmpty(Traces.Of(house.Folder, Ann));
        await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);
        Assert.Empty(Traces.Of(house.Folder, Ann));
    }

    [Fact]
    public async Task The_address_gets_no_mail_any_more_and_may_write()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);
        Assert.Equal(ErrorCodes.Suppressed, await Steps.RefusedAsync(() => there.SendAsync(Ann)));
        await there.WriteAsync(Ann, "It is me again");
        Assert.Equal("It is me again", (await house.ListAsync(RelayHouse.Robot)).Messages[0].Subject);
    }

    [Fact]
    public async Task Mail_that_waits_is_stopped_and_mail_under_way_is_left_to_its_next_attempt()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        there.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address);
        var leaving = await there.SentAsync(Ann);
        var later = await there.SendAsync(RelayHouse.Mail(Ann) with { SendAt = house.Clock.GetUtcNow().AddDays(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal("sending", await house.StatusAsync(leaving));

        var first = await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);
        Assert.True(first is { Leaving: 1, Stopped: 1, Messages: 1, Complete: false }, first.ToString());
        Assert.Equal("cancelled", await house.StatusAsync(later));

        // It is due at once, and the suppression ends it: nothing more goes to the relay.
        var sent = there.Relay.Seen.Count;
        await house.DeliverAsync();
        Assert.Equal(sent, there.Relay.Seen.Count);
        Assert.Equal("failed", await house.StatusAsync(leaving));
        Assert.True((await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token)) is { Messages: 1, Complete: true });
        Assert.Empty(Traces.Of(house.Folder, Ann));
    }

    [Fact]
    public async Task Erased_mail_can_be_listed_and_not_read()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        await there.WriteAsync(Ann, "Read me");
        var id = (await house.ListAsync(RelayHouse.Robot)).Messages[0].MessageId;
        await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);
        var row = (await house.ListAsync(RelayHouse.Robot)).Messages[0];
        Assert.Equal((id, Erased.Word, Erased.Word), (row.MessageId, row.Subject, row.FromAddress));
        Assert.False(row.Unread);
        Assert.Equal(0, (await house.Node.Mailboxes.GetAsync(house.Person, RelayHouse.Robot, Token)).Unread);
        Assert.Equal(ErrorCodes.NotFound, await Steps.RefusedAsync(() => house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = id }, Token)));
        Assert.Equal(ErrorCodes.NotFound, await Steps.RefusedAsync(() => house.Node.Submissions.ReplyAsync(house.Person, new Reply { MessageId = id, Text = "x" }, Token)));
        Assert.Empty((await house.Node.Inbox.SearchAsync(house.Person, new SearchRequest { Query = "Read" }, Token)).Messages);
    }

    [Fact]
    public async Task Bytes_that_another_message_has_too_stay_for_it()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        var attached = new SubmittedAttachment("plan.txt", "text/plain", Convert.ToBase64String("the same plan"u8));
        await there.SendAsync(RelayHouse.Mail(Ann) with { Attachments = [attached] });
        var bobs = await there.SendAsync(RelayHouse.Mail(Bob) with { Attachments = [attached] });
        var kept = (await house.Store.KeptMessagesAsync(house.Person.Account, null, 100, Token)).Single(k => k.Message.Id == Message(house, bobs));

        await house.Node.Privacy.EraseAsync(house.Person, Ann, Ann, null, Token);

        Assert.True(kept.Raw.Count >= 2);
        foreach (var sha256 in kept.Raw)
        {
            Assert.NotNull(await house.Store.RawAsync(house.Person.Account, sha256, Token));
        }
    }

    [Fact]
    public async Task No_key_erases_or_exports()
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        await there.SentAsync(Ann);
        foreach (var who in new[] { house.Agent, there.Sender, (await house.KeyAsync("admin")).Principal, (await house.KeyAsync("operator")).Principal })
        {
            Assert.Equal(ErrorCodes.ScopeMissing, await Steps.RefusedAsync(() => house.Node.Privacy.EraseAsync(who, Ann, Ann, null, Token)));
            Assert.Equal(ErrorCodes.ScopeMissing, await Steps.RefusedAsync(() => house.Node.Privacy.ExportAsync(who, Ann, Token)));
            var last = (await house.Store.QueryLogAsync(new AuditQuery(who.Account, null, null, who.PublicId, LeafNames.AccessRefused, null, null, 5), Token)).Count;
            Assert.Equal(2, last);
        }

        Assert.Empty(await there.SuppressedAsync());
    }

    [Theory]
    [InlineData(RelayHouse.Robot)]
    [InlineData("ROBOT@example.org")]
    [InlineData("boss@example.org")]
    [InlineData("notices@example.org")]
    public async Task What_the_installation_runs_with_is_not_erased(string own)
    {
        await using var there = await Recipients.HouseAsync();
        var house = there.House;
        house.Tamper("UPDATE operator SET email = 'boss@example.org'");
        house.Tamper("UPDATE sender_profile SET notify = 'notices@example.org'");
        Assert.Equal(ErrorCodes.InvalidParameter, await Steps.RefusedAsync(() => house.Node.Privacy.EraseAsync(house.Person, own, own, null, Token)));
        Assert.Empty(await there.SuppressedAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yes")]
    [InlineData("joann@example.net")]
    public async Task A_slip_erases_nobody(string? confirmation)
    {
        await using var there = await Recipients.HouseAsync();
        Assert.Equal(ErrorCodes.InvalidParameter, await Steps.RefusedAsync(() => there.House.Node.Privacy.EraseAsync(there.House.Person, Ann, confirmation, null, Token)));
        Assert.Empty(await there.SuppressedAsync());
    }

    [Fact]
    public async Task An_export_has_everything_and_the_log_does_not_say_of_whom()
    {
        await using var there = await FullAsync();
        var house = there.House;
        var export = await house.Node.Privacy.ExportAsync(house.Person, "Ann@Example.net", Token);

        Assert.Equal(Ann, export.Address, ignoreCase: true);
        Assert.Equal("Ann Lee", export.Contact!.Name);
        Assert.Equal(["manual"], export.Suppressions.Select(s => s.Reason));
        Assert.True(export.Messages.Count >= 5);
        Assert.Contains(export.Messages, m => m.Direction == "inbound" && Encoding.UTF8.GetString(m.Raw).Contains("Ann.Secret.Number", StringComparison.Ordinal));
        Assert.Contains(export.Messages, m => m.Direction == "outbound" && m.LeafIndexes.Count > 1);
        Assert.Equal(4, export.MentionedIn.Count);
        Assert.All(export.Messages, m => Assert.Contains(Ann, m.To.Append(m.From), StringComparer.OrdinalIgnoreCase));
        var leaf = (await house.Store.QueryLogAsync(new AuditQuery(house.Person.Account, null, null, null, LeafNames.PrivacyExported, null, null, 5), Token)).Single();
        Assert.DoesNotContain("@", Encoding.UTF8.GetString(leaf.Entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_files_lose_lines_that_name_it_in_their_place()
    {
        var folder = Directory.CreateTempSubdirectory("multimail-logs-").FullName;
        try
        {
            var path = Path.Combine(folder, "multimail-20261124.log");
            await File.WriteAllTextAsync(path, $"one\r\n2026 delivery to {Ann} failed\nthree\n", Token);
            var length = new FileInfo(path).Length;
            Assert.True(MailboxAddress.TryParse(Ann, out var ann, out _));
            Assert.Equal(1, LogLines.Erase(folder, new AddressTrace(ann)));
            var lines = await File.ReadAllLinesAsync(path, Token);
            Assert.Equal(["one", "erased", "three"], lines.Select(l => l.TrimEnd()));
            Assert.Equal(length, new FileInfo(path).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The address everywhere that the product keeps something.</summary>
    private static async Task<RelayHouse> FullAsync()
    {
        var there = await Recipients.HouseAsync();
        var house = there.House;
        await there.SentAsync(Ann);
        await there.SentAsync(Bob, Ann);
        await there.WriteAsync("Ann Lee <ANN@example.net>", "Ann.Secret.Number", text: "My number is Ann.Secret.Number.");
        await there.WriteAsync(Ann, "large", text: $"Ann.Secret.Number\r\n{string.Concat(Enumerable.Repeat("0123456789 abcdefghij\r\n", 16_000))}");

        // Mail between others that mentions it: quoted-printable, base64, in a header, in UTF-16.
        await there.WriteAsync(Bob, "qp", text: "Ask ann=40exam=\r\nple.net.", extra: "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n");
        await there.WriteAsync(Bob, "b64", text: Convert.ToBase64String("Please ask Ann@Example.net."u8), extra: "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n");
        await there.WriteAsync(Bob, "header", extra: $"X-Original-To: {Ann}\r\n");
        await there.WriteAsync(Bob, "u16", text: Convert.ToBase64String(Encoding.Unicode.GetBytes("Please ask ann@example.net.")), extra: "Content-Type: application/octet-stream; name=x.bin\r\nContent-Transfer-Encoding: base64\r\n");

        // What waits.
        await house.SetModeAsync(RelayHouse.Robot, "gated_send");
        await there.SendAsync(RelayHouse.Mail(Ann) with { Subject = "Waits" });
        var draft = await there.SendAsync(RelayHouse.Mail(Ann) with { Subject = "To be rejected" });
        await house.Node.Decisions.RejectAsync(house.Person, new DecisionRequest(draft, null, $"Never write to {Ann}"), Token);
        await there.SendAsync(RelayHouse.Mail(Ann) with { Subject = "Held", Intent = $"so that {Ann} knows" });

        var contact = await house.Node.Contacts.AddAsync(house.Person, new ContactFields { Email = "Ann@example.net", Name = "Ann Lee", Source = "form" }, Token);
        Assert.NotNull(contact);
        await house.Node.Contacts.AddAsync(house.Person, new ContactFields { Email = Bob, Name = "Bob", Source = "form", Notes = $"Friend of {Ann}" }, Token);
        await house.Node.Suppressions.AddAsync(house.Person, "else@example.com", $"asked by {Ann}", Token);
        await house.Node.Suppressions.AddAsync(house.Person, Ann, "rude", Token);
        await house.Node.Pauses.PauseAsync(house.Person, RelayHouse.Robot, $"complaint of {Ann}", Token);
        await house.Node.Pauses.ResumeAsync(house.Person, RelayHouse.Robot, Token);
        house.Tamper("INSERT INTO access_rule (id, account_id, mailbox_id, direction, type, pattern, created_by, created_at) SELECT 7, id, 0, 'send', 'allow', 'ann@example.net', 'opr_1', 1 FROM account");
        house.Tamper("INSERT INTO access_rule (id, account_id, mailbox_id, direction, type, pattern, created_by, created_at, note) SELECT 8, id, 0, 'send', 'allow', 'bob@example.com', 'opr_1', 1, 'told by ann@example.net' FROM account");
        while (await house.Store.IndexPendingAsync(100, Token) > 0)
        {
            // until nothing is left
        }

        return there;
    }

    private static MessageId Message(House house, string id) => house.Node.Ids.TryParse<MessageId>(id, out var parsed) ? parsed : throw new ArgumentException("No id.", nameof(id));

    private static async Task<byte[]> BytesAsync(House house, string id)
    {
        var message = (await house.Store.MessageAsync(house.Person.Account, Message(house, id), Token))!;
        return [.. (await house.Store.RawAsync(house.Person.Account, message.RawSha256, Token))!, .. Encoding.UTF8.GetBytes(message.Subject + message.BodyText + string.Join(',', message.To))];
    }
}

internal static class LeavesOf
{
    public static async Task<IReadOnlyList<long>> LeavesOfAsync(this RelayHouse there, string id)
    {
        var house = there.House;
        Assert.True(house.Node.Ids.TryParse<MessageId>(id, out var message));
        return [.. (await house.Store.QueryLogAsync(new AuditQuery(house.Person.Account, null, message, null, null, null, null, 100), CancellationToken.None)).Select(e => e.Index)];
    }
}
