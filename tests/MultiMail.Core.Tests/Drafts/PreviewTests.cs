using MultiMail.Core.Accounts;
using MultiMail.Core.Errors;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Drafts;

public sealed class PreviewTests
{
    private const int Tries = 400;

    [Fact]
    public async Task A_preview_says_what_the_submission_says_a_moment_later()
    {
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, PendingPerMailbox = 25 });
        await house.Node.Suppressions.AddAsync(house.Person, "gone@multimail.localhost", null, default);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 1; seed <= Tries; seed++)
        {
            var dice = new Random(seed);
            await ChangeTheWorldAsync(house, dice);
            var mail = Mail(dice, house.Clock.GetUtcNow(), seed);
            var before = await BooksAsync(house);
            var preview = await house.Node.Preview.OfAsync(house.Agent, mail, default);
            Assert.Equal(before, await BooksAsync(house));

            var said = await SubmitAsync(house, mail);
            Assert.True(Told(preview) == said, $"Seed {seed}: previewed {Told(preview)}, submitted {said}.");
            seen[preview.Code ?? preview.WouldBe] = seen.GetValueOrDefault(preview.Code ?? preview.WouldBe) + 1;
        }

        string[] all = ["invalid_address", "invalid_parameter", "mode_read_only", "no_relay", "paused", "pending", "pending_limit", "queued", "scheduled", "suppressed", "unknown_recipient"];
        Assert.Equal(all, seen.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_preview_of_a_draft_says_what_its_submission_says()
    {
        await using var house = await House.BuildAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 1; seed <= 60; seed++)
        {
            var dice = new Random(seed);
            await house.SetModeAsync(Installation.AgentAddress, dice.Next(3) switch { 0 => "read_only", 1 => "gated_send", _ => "autonomous" });
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            var saved = await house.SaveAsync(DraftSteps.Note($"Words {seed}.") with { To = dice.Next(3) == 0 ? [] : [Installation.PersonAddress] });
            var preview = await house.Node.Preview.OfDraftAsync(house.Agent, saved.MessageId, default);
            Assert.Equal(1, (await house.MessageAsync(saved.MessageId)).Version);
            var said = await ToldAsync(async () => (await house.SendDraftAsync(saved.MessageId)).Status);
            Assert.Equal(said, Told(preview));
            seen.Add(preview.Code ?? preview.WouldBe);
            if (preview.Code is null)
            {
                Assert.Equal("already_decided", (await house.Node.Preview.OfDraftAsync(house.Agent, saved.MessageId, default)).Code);
            }
        }

        Assert.Equal(["invalid_parameter", "mode_read_only", "pending", "queued"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_preview_shows_the_message_as_it_would_leave()
    {
        await using var house = await House.BuildAsync();
        var preview = await house.Node.Preview.OfAsync(
            house.Agent, Letter() with { Html = "<p>They are <b>fine</b>.</p>", Bcc = ["agent@multimail.localhost"], Category = "conversational" }, default);
        Assert.Equal(("pending", true, "conversational"), (preview.WouldBe, preview.ApprovalNeeded, preview.Category));
        Assert.Equal("The mailbox is in gated_send: a person approves what it sends.", Assert.Single(preview.Reasons));
        Assert.StartsWith("This message was written and sent by an AI agent", preview.Text, StringComparison.Ordinal); // what is added shows, too
        Assert.EndsWith("They are fine.", preview.Text!.Trim(), StringComparison.Ordinal);
        Assert.Contains("<b>fine</b>", preview.Html, StringComparison.Ordinal);
        Assert.Contains(preview.Headers!, h => h is { Name: "Subject", Value: "Quarterly numbers" });
        Assert.DoesNotContain(preview.Headers!, h => h.Name is "Bcc" or "Date");
        Assert.Equal(["to", "bcc"], preview.Recipients!.Select(r => r.Kind));
    }

    [Fact]
    public async Task A_preview_needs_the_right_to_send_and_tells_no_flags()
    {
        await using var house = await House.BuildAsync();
        var (reader, _) = await house.KeyAsync("read");
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Preview.OfAsync(reader, Letter(), default)));
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        for (var i = 0; i < 12; i++)
        {
            await house.Node.Mailboxes.CreateAsync(house.Person, new() { Address = $"crowd{i}@multimail.localhost" }, default);
        }

        var preview = await house.Node.Preview.OfAsync(house.Agent, Letter() with { To = [.. Enumerable.Range(0, 12).Select(i => $"crowd{i}@multimail.localhost")] }, default);
        Assert.Equal(("pending", "Something about this message makes a person look at it first."), (preview.WouldBe, Assert.Single(preview.Reasons)));
    }

    private static async Task ChangeTheWorldAsync(House house, Random dice)
    {
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.SetModeAsync(Installation.AgentAddress, dice.Next(8) switch { 0 => "read_only", 1 => "gated_all", < 5 => "gated_send", 5 => "monitored", _ => "autonomous" });
        var paused = dice.Next(12) == 0;
        await house.Node.Store.WriteAsync(
            async unit =>
            {
                await unit.SetAccountPausedAsync(house.Person.Account, paused);
                return true;
            },
            default);
    }

    private static Submission Mail(Random dice, DateTimeOffset now, int seed)
    {
        string[] people = [Installation.PersonAddress, Installation.PersonAddress, Installation.AgentAddress, Installation.PersonAddress, "far@example.org", "nobody@multimail.localhost", "gone@multimail.localhost", "not an address"];
        string?[] categories = [null, null, "conversational", "commercial", "transactional", "unheard-of"];
        string Someone() => people[dice.Next(10) switch { < 7 => dice.Next(4), _ => dice.Next(people.Length) }];
        var category = categories[dice.Next(categories.Length)];
        return Letter(dice.Next(25) == 0 ? " " : $"Number {seed}", $"Words {seed}") with
        {
            To = dice.Next(25) == 0 ? [] : [Someone()],
            Cc = dice.Next(3) == 0 ? [Someone()] : [],
            Category = category,
            TransactionalBasis = category == "transactional" && dice.Next(4) > 0 ? "delivery" : null,
            Markdown = dice.Next(6) == 0 ? "*words*" : null,
            SendAt = dice.Next(6) switch { 0 => Text.Rfc3339.Format(now.AddHours(2)), 1 when dice.Next(3) == 0 => Text.Rfc3339.Format(now.AddHours(-2)), _ => null },
        };
    }

    private static Task<string> SubmitAsync(House house, Submission mail) => ToldAsync(async () => (await house.SendAsync(mail)).Status);

    private static async Task<string> ToldAsync(Func<Task<string>> submit)
    {
        try
        {
            return await submit();
        }
        catch (RefusalException refusal)
        {
            return Told("refused", refusal.Code, refusal.Message, refusal.Violations);
        }
    }

    private static string Told(PreviewView preview) =>
        preview.Code is null ? preview.WouldBe : Told(preview.WouldBe, preview.Code, preview.Message!, preview.Violations!);

    private static string Told(string outcome, string code, string message, IReadOnlyList<Violation> violations) =>
        $"{outcome} {code} {message} {string.Join(" | ", violations)}";

    /// <summary>Everything that would show that something was kept.</summary>
    private static async Task<(long Leaves, int Messages, int Pending, string? Event)> BooksAsync(House house)
    {
        Principal person = house.Person;
        var leaves = await house.Node.Store.LogHeadAsync(person.Account, default);
        var messages = await house.Node.Store.MessagesAsync(new MessageQuery(person.Account, 1), default);
        var waiting = await house.Node.Pending.ListAsync(person, new MultiMail.Core.Oversight.PendingRequest { Limit = 1 }, default);
        var events = await house.Node.Store.EventsAsync(person.Account, null, 1, default);
        return (leaves!.Size, messages.Total, waiting.Total, events.Count == 0 ? null : house.Node.Ids.Format(events[0].Id));
    }
}
