using System.Net;

namespace MultiMail.Mail.Tests.Dns;

public sealed class DnsClientResolverTests
{
    private const int A = 1;
    private const int Ptr = 12;
    private const int Mx = 15;
    private const int Txt = 16;

    [Fact]
    public async Task Records_come_in_the_form_of_the_port()
    {
        using var server = new UdpServer(name => (0, name switch
        {
            "a.example" => [(A, [192, 0, 2, 1]), (A, [192, 0, 2, 2])],
            "mx.example" => [(Mx, [0, 20, .. UdpServer.Name("second.example")]), (Mx, [0, 10, .. UdpServer.Name("first.example")])],
            "1.2.0.192.in-addr.arpa" => [(Ptr, UdpServer.Name("host.example"))],
            "txt.example" => [(Txt, UdpServer.Text("v=spf1 "u8.ToArray(), "a\"\\;"u8.ToArray(), [0xC3, 0xA9, 0x00]))],
            "octets.example" => [(Txt, UdpServer.Text([0x80, 0xFF, (byte)'a', 0x00]))],
            _ => [],
        }));
        var dns = new DnsClientResolver([server.Address]);

        Assert.Equal(["192.0.2.1", "192.0.2.2"], (await dns.QueryAsync("a.example", DnsType.Address4, default)).Records);
        Assert.Equal(["first.example", "second.example"], (await dns.QueryAsync("mx.example", DnsType.MailExchange, default)).Records);
        Assert.Equal(["host.example"], (await dns.QueryAsync("1.2.0.192.in-addr.arpa", DnsType.ReverseName, default)).Records);
        Assert.Equal(["\u0080\u00FFa\u0000"], (await dns.QueryAsync("octets.example", DnsType.Text, default)).Records);
        Assert.Equal(["v=spf1 a\"\\;\u00C3\u00A9\u0000"], (await dns.QueryAsync("txt.example", DnsType.Text, default)).Records);
        Assert.Equal(DnsOutcome.NoData, (await dns.QueryAsync("other.example", DnsType.Text, default)).Outcome);
    }

    [Theory]
    [InlineData(3, DnsOutcome.NoSuchName)]
    [InlineData(2, DnsOutcome.TemporaryFailure)]
    [InlineData(5, DnsOutcome.TemporaryFailure)]
    public async Task Response_code_becomes_an_outcome(int code, DnsOutcome expected)
    {
        using var server = new UdpServer(_ => (code, []));
        Assert.Equal(expected, (await new DnsClientResolver([server.Address]).QueryAsync("a.example", DnsType.Text, default)).Outcome);
    }

    [Fact]
    public async Task Silence_is_a_temporary_failure_after_two_attempts()
    {
        using var server = new UdpServer(_ => null);
        Assert.Equal(DnsOutcome.TemporaryFailure, (await new DnsClientResolver([server.Address], TimeSpan.FromMilliseconds(50)).QueryAsync("a.example", DnsType.Text, default)).Outcome);
        Assert.Equal(2, server.Questions);
    }

    [Fact]
    public async Task Broken_answer_is_a_temporary_failure()
    {
        using var server = new UdpServer(_ => (0, [(Txt, [200, 1]), (A, [1])]));
        Assert.Equal(DnsOutcome.TemporaryFailure, (await new DnsClientResolver([server.Address], TimeSpan.FromMilliseconds(50)).QueryAsync("a.example", DnsType.Text, default)).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..example")]
    [InlineData("a.example.")]
    [InlineData("a\u0000.example")]
    [InlineData("b\u00fccher.example")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123.example")]
    public async Task Name_that_no_server_could_hold_is_not_asked_for(string name)
    {
        using var server = new UdpServer(_ => (0, []));
        var dns = new DnsClientResolver([server.Address]);
        Assert.Equal(DnsOutcome.NoSuchName, (await dns.QueryAsync(name, DnsType.Address4, default)).Outcome);
        Assert.Equal(DnsOutcome.NoSuchName, (await dns.QueryAsync(string.Join('.', Enumerable.Repeat("abcdefghi", 30)), DnsType.Address4, default)).Outcome);
        Assert.Equal(0, server.Questions);
    }

    [Theory]
    [InlineData("_dmarc.example.com")]
    [InlineData("foo:bar/baz.example.com")]
    [InlineData("a+b=c.d%e.example.com")]
    [InlineData("macro%percent  space.example.com")]
    [InlineData("xn--a.example.com")]
    [InlineData("-.-.example")]
    public async Task Odd_name_never_throws(string name)
    {
        using var server = new UdpServer(_ => (0, [(A, [192, 0, 2, 1])]));
        Assert.InRange((await new DnsClientResolver([server.Address]).QueryAsync(name, DnsType.Address4, default)).Outcome, DnsOutcome.Found, DnsOutcome.NoSuchName);
    }

    [Fact]
    public async Task No_server_at_all_is_a_temporary_failure() =>
        Assert.Equal(DnsOutcome.TemporaryFailure, (await new DnsClientResolver([new IPEndPoint(IPAddress.Loopback, 9)], TimeSpan.FromMilliseconds(50)).QueryAsync("a.example", DnsType.Text, default)).Outcome);

    [Fact]
    public async Task Callers_cancellation_throws()
    {
        using var server = new UdpServer(_ => null);
        using var cancelled = new CancellationTokenSource();
        var query = new DnsClientResolver([server.Address]).QueryAsync("a.example", DnsType.Text, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
    }
}
