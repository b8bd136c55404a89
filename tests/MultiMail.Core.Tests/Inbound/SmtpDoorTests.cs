using System.Reflection;
using System.Text;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Core.Storage;
using MultiMail.Mail;
using static MultiMail.Core.Tests.Inbound.Arrivals;

namespace MultiMail.Core.Tests.Inbound;

public sealed class SmtpDoorTests
{
    [Fact]
    public async Task Accepted_mail_lies_in_the_mailbox_under_our_trace()
    {
        await using var house = await HouseAsync(key => new CoreOptions { MasterKey = key, MailHost = "mx.agents.example" });
        var result = await house.AcceptAsync(Letter(), Bo);
        Assert.Equal(AcceptOutcome.Accepted, result.Outcome);
        Assert.Equal("Hello", Assert.Single((await house.ListAsync(Bo)).Messages).Subject);
        var raw = await house.Store.RawAsync(house.Person.Account, Assert.Single(await house.StoredAsync()).RawSha256, default);
        Assert.Equal(
            $"Return-Path: <ann@sender.example>\r\nReceived: from sender.example ([192.0.2.7])\r\n\tby mx.agents.example with ESMTPS id {result.Id}\r\n\tfor <bo@agents.example>;\r\n\tTue, 24 Nov 2026 09:00:00 +0000\r\n"
            + Encoding.ASCII.GetString(Letter()),
            Encoding.ASCII.GetString(raw!));
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, null, default)).Ok);
    }

    [Fact]
    public async Task The_same_mail_again_is_the_same_mail()
    {
        await using var house = await HouseAsync();
        var first = await house.AcceptAsync(Letter(), Bo);
        house.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(first, await house.AcceptAsync(Letter(), "BO@agents.example"));
        Assert.Single(await house.StoredAsync());
    }

    [Fact]
    public async Task Another_mail_with_the_same_Message_ID_is_another_mail()
    {
        await using var house = await HouseAsync();
        var first = await house.AcceptAsync(Letter(), Bo);
        var forged = await house.AcceptAsync(Letter(extra: "X: y\r\n"), Bo);
        var other = await house.Node.SmtpDoor.AcceptAsync(Envelope([Bo], from: "eve@x.example"), Letter(), default);
        Assert.Equal(3, new HashSet<string> { first.Id, forged.Id, other.Id }.Count);
        Assert.Equal(3, (await house.StoredAsync()).Count);
    }

    [Fact]
    public async Task Each_mailbox_gets_one_copy_and_all_of_them_get_it()
    {
        await using var house = await HouseAsync(null, Bo, "cy@agents.example");
        await house.AcceptAsync(Letter(), Bo, "bo+news@agents.example", "cy@agents.example");
        Assert.Single((await house.ListAsync(Bo)).Messages);
        Assert.Single((await house.ListAsync("cy@agents.example")).Messages);
        Assert.DoesNotContain("for <", Encoding.ASCII.GetString((await house.Store.RawAsync(house.Person.Account, (await house.StoredAsync())[0].RawSha256, default))!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_to_more_recipients_reaches_those_who_had_not_got_it()
    {
        await using var house = await HouseAsync(null, Bo, "cy@agents.example");
        var first = await house.AcceptAsync(Letter(), Bo);
        Assert.Equal(first, await house.AcceptAsync(Letter(), Bo, "cy@agents.example"));
        Assert.Single((await house.ListAsync(Bo)).Messages);
        Assert.Single((await house.ListAsync("cy@agents.example")).Messages);
    }

    [Fact]
    public async Task Many_sessions_at_once_keep_one_copy_of_one_mail()
    {
        await using var house = await HouseAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => house.AcceptAsync(Letter($"mail {i % 10}"), Bo))));
        Assert.All(results, r => Assert.Equal(AcceptOutcome.Accepted, r.Outcome));
        Assert.Equal(10, (await house.StoredAsync()).Count);
    }

    [Fact]
    public async Task Held_where_the_mode_says_so()
    {
        await using var house = await HouseAsync();
        await house.SetModeAsync(Bo, "gated_all");
        Assert.Equal(AcceptOutcome.Accepted, (await house.AcceptAsync(Letter(), Bo)).Outcome);
        Assert.Equal(MessageState.Held, Assert.Single(await house.StoredAsync()).State);
    }

    [Fact]
    public async Task A_store_that_cannot_work_takes_nothing_and_says_try_later()
    {
        await using var house = await HouseAsync();
        var failing = MultiMailNode.Create(FullDisk.Over(house.Store), house.Node.Options, house.Clock).SmtpDoor;
        Assert.Equal(new AcceptResult(AcceptOutcome.TryLater), await failing.AcceptAsync(Envelope([Bo]), Letter(), default));
        Assert.Equal(RecipientVerdict.Accept, await failing.CheckRecipientAsync(Envelope([]), Bo, default));
        Assert.Empty(await house.StoredAsync());
    }

    [Fact]
    public async Task A_mailbox_that_is_gone_by_the_end_of_the_message_is_not_answered_with_250()
    {
        await using var house = await HouseAsync();
        Assert.Equal(AcceptOutcome.TryLater, (await house.AcceptAsync(Letter(), Bo, "gone@agents.example")).Outcome);
        Assert.Empty(await house.StoredAsync());
    }

    /// <summary>A store in which every write fails for want of room.</summary>
    public class FullDisk : DispatchProxy
    {
        private IStore? _inner;

        public static IStore Over(IStore inner)
        {
            var proxy = Create<IStore, FullDisk>();
            ((FullDisk)(object)proxy)._inner = inner;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name == nameof(IStore.WriteAsync)
            ? throw new StoreUnavailableException("storage_full", "The disk is full.")
            : targetMethod!.Invoke(_inner, args);
    }
}
