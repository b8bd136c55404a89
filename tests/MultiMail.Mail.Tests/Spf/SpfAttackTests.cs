using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Spf;

public sealed class SpfAttackTests
{
    private static readonly TimeSpan MostWork = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Forged_reverse_name_that_does_not_lead_back_never_passes()
    {
        var zone = ZoneResolver.Of("""
            victim.example TXT v=spf1 ptr:bank.example -all
            66.2.0.192.in-addr.arpa PTR mail.bank.example
            mail.bank.example A 198.51.100.1
            """);
        Assert.Equal(AuthResult.Fail, (await CheckAsync(zone, "192.0.2.66", "a@victim.example")).Result);
        zone.Add("mail.bank.example", DnsType.Address4, "192.0.2.66");
        Assert.Equal(AuthResult.Pass, (await CheckAsync(zone, "192.0.2.66", "a@victim.example")).Result);
    }

    [Fact]
    public async Task Name_that_only_ends_like_the_target_is_not_below_it()
    {
        var zone = ZoneResolver.Of("""
            victim.example TXT v=spf1 ptr:bank.example -all
            66.2.0.192.in-addr.arpa PTR evilbank.example
            evilbank.example A 192.0.2.66
            """);
        Assert.Equal(AuthResult.Fail, (await CheckAsync(zone, "192.0.2.66", "a@victim.example")).Result);
    }

    [Fact]
    public async Task Thousands_of_reverse_name_macros_cost_one_reverse_lookup()
    {
        var zone = new ZoneResolver().Add("victim.example", DnsType.Text, $"v=spf1 exists:{string.Concat(Enumerable.Repeat("%{p}", 4_000))}.victim.example -all");
        for (var i = 0; i < 40; i++)
        {
            zone.Add("66.2.0.192.in-addr.arpa", DnsType.ReverseName, $"h{i}.victim.example").Add($"h{i}.victim.example", DnsType.Address4, "192.0.2.66");
        }

        var watch = Stopwatch.StartNew();
        Assert.Equal(AuthResult.Fail, (await CheckAsync(zone, "192.0.2.66", "a@victim.example")).Result);
        Assert.InRange(zone.Asked.Count, 3, 13);
        Assert.True(watch.Elapsed < MostWork * 5, $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Silent_dns_ends_after_20_seconds_as_temperror()
    {
        var clock = new FakeTimeProvider();
        var zone = new ZoneResolver { Gate = new TaskCompletionSource() };
        var check = SpfVerifier.CheckAsync(new SpfRequest(IPAddress.Loopback, "h.example", "a@victim.example"), zone, clock, default);
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(check.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthResult.TempError, (await check).Result);
    }

    [Fact]
    public async Task Callers_cancellation_is_not_swallowed()
    {
        using var cancelled = new CancellationTokenSource();
        var zone = new ZoneResolver { Gate = new TaskCompletionSource() };
        var check = SpfVerifier.CheckAsync(new SpfRequest(IPAddress.Loopback, "h.example", "a@victim.example"), zone, TimeProvider.System, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("2001:db8::1", "2001:DB8:0::1")]
    public async Task One_address_written_in_two_ways_is_one_client(string published, string client)
    {
        var kind = published.Contains(':', StringComparison.Ordinal) ? "ip6" : "ip4";
        var zone = ZoneResolver.Of($"victim.example TXT v=spf1 {kind}:{published} -all");
        Assert.Equal(AuthResult.Pass, (await CheckAsync(zone, client, "a@victim.example")).Result);
    }

    [Fact]
    public async Task Null_path_asks_about_the_greeting()
    {
        var zone = ZoneResolver.Of("mail.victim.example TXT v=spf1 ip4:192.0.2.66 -all");
        var verdict = await SpfVerifier.CheckAsync(new SpfRequest(IPAddress.Parse("192.0.2.66"), "mail.victim.example", string.Empty), zone, TimeProvider.System, default);
        Assert.Equal((AuthResult.Pass, "mail.victim.example", true), (verdict.Result, verdict.Domain, verdict.IsHelo));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a@[192.0.2.1]")]
    [InlineData("a@-..-")]
    [InlineData("\u0000@\u0001")]
    [InlineData("a@xn--\uD800.example")]
    public async Task Sender_that_is_none_has_no_policy(string path) =>
        Assert.Equal(AuthResult.None, (await SpfVerifier.CheckAsync(new SpfRequest(IPAddress.Loopback, "[127.0.0.1]", path), new ZoneResolver(), TimeProvider.System, default)).Result);

    [Fact]
    public async Task Two_thousand_mutated_records_end_in_time_and_without_a_throw()
    {
        foreach (var record in MutatedRecords.Make(2_000, seed: 1))
        {
            var zone = MutatedRecords.Zone(record);
            var watch = Stopwatch.StartNew();
            var verdict = await CheckAsync(zone, "192.0.2.66", "user.name@victim.example");
            Assert.True(watch.Elapsed < MostWork * 5, record);
            Assert.True(zone.Asked.Count <= 130, $"{zone.Asked.Count} {record}");
            Assert.NotNull(verdict.Reason);
        }
    }

    private static Task<SpfVerdict> CheckAsync(ZoneResolver zone, string client, string path) =>
        SpfVerifier.CheckAsync(new SpfRequest(IPAddress.Parse(client), "h.example", path), zone, TimeProvider.System, default);
}
