using System.Text;
using MultiMail.Core.Inbound;
using MultiMail.Core.Oversight;
using MultiMail.Mail;
using static MultiMail.Core.Tests.Inbound.Arrivals;

namespace MultiMail.Core.Tests.Inbound;

/// <summary>Each limit of the policy at the limit and one beyond it.</summary>
public sealed class InboundPolicyTests
{
    [Theory]
    [InlineData(20, null)]
    [InlineData(21, "mime_depth")]
    public void Depth(int levels, string? reason) => Assert.Equal(reason, Judge(Nested(levels)));

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, "mime_parts")]
    public void Parts(int parts, string? reason) => Assert.Equal(reason, Judge(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Range(0, parts).Select(i => $"--b\r\n\r\n{i}\r\n")) + "--b--\r\n"));

    [Theory]
    [InlineData(128 * 1024, null)]
    [InlineData((128 * 1024) + 1, "header_size")]
    public void Header_block(int size, string? reason)
    {
        var lines = string.Concat(Enumerable.Range(0, size / 1000).Select(i => $"X-{i:D4}: {new string('x', 990)}\r\n"));
        Assert.Equal(reason, Judge($"{lines}Y: {new string('y', (size % 1000) - 5)}\r\n\r\nx\r\n"));
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(1_001, "header_fields")]
    public void Header_fields(int count, string? reason) =>
        Assert.Equal(reason, Judge(string.Concat(Enumerable.Repeat("X: y\r\n z\r\n", count)) + "\r\nx\r\n"));

    [Theory]
    [InlineData(50 * 1024 * 1024, null)]
    [InlineData((50 * 1024 * 1024) + 1, "decoded_size")]
    public void Decoded_size(int size, string? reason) =>
        Assert.Equal(reason, Judge($"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: 8bit\r\nContent-Disposition: attachment\r\n\r\n{new string('x', size)}"));

    [Fact]
    public async Task Too_much_is_kept_from_the_mailbox_with_its_reason()
    {
        await using var house = await HouseAsync();
        Assert.Equal(AcceptOutcome.Accepted, (await house.AcceptAsync(Encoding.ASCII.GetBytes(Nested(21)), Bo)).Outcome);
        var kept = Assert.Single(await house.StoredAsync());
        Assert.Equal((MessageState.Quarantined, false), (kept.State, kept.Unread));
        var agent = (await house.KeyAsync("read")).Principal;
        Assert.Empty((await house.ListAsync(Bo, who: agent)).Messages);
        var leaf = (await house.Node.Audit.QueryAsync(house.Person, new(), default)).Entries.First(e => e.Event == "inbound.quarantined");
        Assert.Contains("mime_depth", leaf.ToString(), StringComparison.Ordinal);
    }

    private static string? Judge(string raw) => InboundPolicy.Judge(MessageReader.Read(Encoding.ASCII.GetBytes(raw)).Shape);

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Range(0, levels).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}x\r\n\r\n--b{i}x\r\n")) + "\r\ndeep\r\n";
}
