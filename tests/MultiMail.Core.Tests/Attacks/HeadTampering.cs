using System.Security.Cryptography;
using System.Text;
using MultiMail.Core.Ids;
using MultiMail.Core.Tests.Delivery;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>Somebody with the database file changes what stands in front of the approved bytes, and its hash, while a message waits for a retry.</summary>
public sealed class HeadTampering
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Reply-To: eve@evil.test\r\n{0}")]
    [InlineData("{0}Subject: Pay at once\r\n")]
    [InlineData("{0} (pay at once)\r\n")]
    [InlineData("{0}\r\nPay at once.\r\n")]
    [InlineData("{0}\r\n")]
    [InlineData("X-MultiMail-Identity: x\r\n \r\n{0}")]
    [InlineData("Date: Mon, 01 Jan 2024 00:00:00 +0000\r\n{0}")]
    [InlineData("")]
    public async Task A_head_that_is_not_ours_does_not_leave(string evil)
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => number == 1 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address);
        var id = await there.SendAsync("ann@example.net");
        await there.House.DeliverAsync();
        await ReplaceAsync(there, id, evil);
        await there.PassAsync(TimeSpan.FromHours(1));

        var status = await there.StatusAsync(id);
        Assert.Equal((1, "failed", "digest_mismatch"), (there.Relay.Seen.Count, status.Status, status.Recipients[0].Code));
    }

    [Fact]
    public async Task Our_own_head_leaves_again()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => number == 1 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address);
        var id = await there.SendAsync("ann@example.net");
        await there.House.DeliverAsync();
        await ReplaceAsync(there, id, "{0}");
        await there.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Equal(there.Relay.Seen[0].Bytes, there.Relay.Seen[1].Bytes);
    }

    private static async Task ReplaceAsync(RelayHouse there, string id, string with)
    {
        Assert.True(there.House.Node.Ids.TryParse<MessageId>(id, out var message));
        var account = there.House.Person.Account;
        var stored = await there.House.Store.MessageAsync(account, message, Token);
        var wire = await there.House.Store.RawAsync(account, stored!.RawSha256, Token);
        var sent = there.Relay.Seen[0].Bytes;
        var head = Encoding.ASCII.GetString(sent, 0, sent.Length - wire!.Length);
        var bytes = Encoding.ASCII.GetBytes(with.Replace("{0}", head, StringComparison.Ordinal));
        var hash = SHA256.HashData([.. bytes, .. wire]);
        Assert.Equal(1, there.House.Tamper($"UPDATE message_head SET head = X'{Convert.ToHexString(bytes)}', sent_sha256 = X'{Convert.ToHexString(hash)}'"));
    }
}
