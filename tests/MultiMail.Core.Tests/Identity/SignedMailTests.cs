using System.Text;
using MultiMail.Core.Identity;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Identity;

/// <summary>From submission to the recipient's mailbox: what arrives is signed.</summary>
public sealed class SignedMailTests
{
    [Fact]
    public async Task What_a_person_approved_arrives_signed_and_verified()
    {
        await using var house = await House.BuildAsync();
        var (id, bytes) = await ArriveAsync(house);
        var found = await VerifyAsync(house, bytes);
        Assert.Equal(Verification.Verified, found.Overall);
        Assert.Equal(["signature", "hh", "bh", "agent_status"], found.Parts.Select(part => part.Name));
        var claims = found.Claims!; // verified, so there are claims
        Assert.Equal(("agent", ApprovalClaims.Human, true, "gated_send"), (claims.AgentId, claims.Approval, claims.AiGenerated, claims.OversightMode));
        Assert.Equal($"{id}@{LocalDomain.Name}", claims.MessageIdField);
        Assert.StartsWith("urn:multimail:", claims.Issuer, StringComparison.Ordinal);
        Assert.EndsWith("/audit/" + claims.Issuer["urn:multimail:".Length..], claims.LogOrigin, StringComparison.Ordinal);
        Assert.Empty(RawFields.Split(bytes).Named("DKIM-Signature"));
    }

    [Fact]
    public async Task The_copy_is_bound_to_its_only_recipient()
    {
        await using var house = await House.BuildAsync();
        var (_, bytes) = await ArriveAsync(house);
        Assert.Equal(Verification.Verified, (await VerifyAsync(house, bytes, new(Recipient: Installation.PersonAddress))).Overall);
        Assert.Equal(PartResult.Fail, (await VerifyAsync(house, bytes, new(Recipient: "mallory@example.org"))).Part("rcpt"));
    }

    [Fact]
    public async Task Mail_that_the_rules_let_pass_says_so()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.SendAsync();
        await house.DeliverAsync();
        var claims = (await VerifyAsync(house, await ReceivedAsync(house))).Claims;
        Assert.Equal((ApprovalClaims.Policy, "autonomous"), (claims?.Approval, claims?.OversightMode));
    }

    [Fact]
    public async Task A_public_https_address_is_the_issuer()
    {
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, PublicUrl = "https://mail.example.org:8443/base" });
        var (_, bytes) = await ArriveAsync(house);
        Assert.Equal("https://mail.example.org:8443", (await VerifyAsync(house, bytes)).Claims?.Issuer);
    }

    [Fact]
    public async Task The_log_has_the_signed_digest_before_delivery_and_proves_it_to_strangers()
    {
        await using var house = await House.BuildAsync();
        var (id, bytes) = await ArriveAsync(house);
        var proof = await house.Node.Audit.ProveAsync(house.Person, id, CancellationToken.None);
        var attempted = Assert.Single(proof.Leaves, leaf => leaf.Event == "delivery.attempted");
        var accepted = Assert.Single(proof.Leaves, leaf => leaf.Event == "delivery.accepted");
        Assert.True(attempted.Index < accepted.Index);
        LogProof Of(byte[] leaf, string text, params string[] keys) => new(leaf, text, keys);

        var keys = await house.Node.SigningKeys.PublishedAsync(CancellationToken.None);
        Verification Check(LogProof given, Func<IssuerKey, IssuerKey>? change = null) =>
            IdentityVerifier.Verify(bytes, new VerificationBasis { Keys = [.. keys.Select(change ?? (key => key))], Proof = given });

        var good = Of(attempted.Leaf, attempted.TlogProof, proof.VerifierKey);
        Assert.Equal(PartResult.Pass, Check(good).Part("log_inclusion"));
        Assert.Equal(Verification.Verified, Check(good).Overall);
        Assert.Equal(PartResult.Fail, Check(Of(accepted.Leaf, accepted.TlogProof, proof.VerifierKey)).Part("log_inclusion"));
        Assert.Equal(PartResult.Fail, Check(Of(attempted.Leaf, attempted.TlogProof)).Part("log_inclusion"));
        Assert.Equal(PartResult.Fail, Check(Of(attempted.Leaf, attempted.TlogProof, "nonsense")).Part("log_inclusion"));
        Assert.Equal(PartResult.Fail, Check(Of([.. attempted.Leaf, 1], attempted.TlogProof, proof.VerifierKey)).Part("log_inclusion"));

        // After a theft the log tells old mail from what the thief makes.
        var at = house.Clock.GetUtcNow();
        Assert.Equal(Verification.Verified, Check(good, key => key with { RevokedAt = at.AddHours(1) }).Overall);
        Assert.Equal(PartResult.Fail, Check(good, key => key with { RevokedAt = at }).Part("signature"));
    }

    [Fact]
    public async Task After_a_rotation_old_and_new_mail_verify_and_after_a_revocation_only_the_new()
    {
        await using var house = await House.BuildAsync();
        var (_, old) = await ArriveAsync(house);
        await house.Node.SigningKeys.RotateAsync(house.Person, null, CancellationToken.None);
        house.Clock.Advance(TimeSpan.FromDays(2));
        var (_, fresh) = await ArriveAsync(house, "Second");
        Assert.Equal(Verification.Verified, (await VerifyAsync(house, old)).Overall);
        Assert.Equal(Verification.Verified, (await VerifyAsync(house, fresh)).Overall);

        var first = (await house.Node.SigningKeys.PublishedAsync(CancellationToken.None))[0];
        await house.Node.SigningKeys.RevokeAsync(house.Person, first.Kid, null, "stolen", CancellationToken.None);
        Assert.Equal(Verification.Invalid, (await VerifyAsync(house, old)).Overall);
        Assert.Equal(Verification.Verified, (await VerifyAsync(house, fresh)).Overall);
    }

    [Fact]
    public async Task The_agents_own_state_counts()
    {
        await using var house = await House.BuildAsync();
        Assert.Null(await house.Node.Agents.FindAsync("nobody", CancellationToken.None));
        Assert.Null(await house.Node.Agents.FindAsync("No Body", CancellationToken.None));
        Assert.Equal(AgentStatus.Active, (await house.Node.Agents.FindAsync("agent", CancellationToken.None))?.Status);
        var (_, bytes) = await ArriveAsync(house);
        house.Tamper("UPDATE mailbox SET paused_at = 1795500000000 WHERE agent = 'agent'");
        Assert.Equal(AgentStatus.Suspended, (await house.Node.Agents.FindAsync("agent", CancellationToken.None))?.Status);
        Assert.Equal(PartResult.Fail, (await VerifyAsync(house, bytes)).Part("agent_status"));
        house.Tamper("UPDATE mailbox SET deactivated_at = 1795500000000 WHERE agent = 'agent'");
        Assert.Equal(AgentStatus.Revoked, (await house.Node.Agents.FindAsync("agent", CancellationToken.None))?.Status);
    }

    [Fact]
    public async Task Mail_of_an_own_domain_is_signed_twice()
    {
        await using var house = await House.BuildAsync();
        await house.Node.Domains.AddAsync(house.Person, "mail.example.org", CancellationToken.None);
        await house.Node.Mailboxes.CreateAsync(house.Person, new NewMailbox { Address = "crm@mail.example.org", AgentId = "crm-agent" }, CancellationToken.None);
        var (agent, _) = await house.KeyAsync("read,send");
        var receipt = await house.SendAsync(Steps.Letter() with { From = "crm@mail.example.org" }, agent);
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        var bytes = await ReceivedAsync(house);

        var names = RawFields.Split(bytes).Fields.Select(field => field.Name).Take(3);
        Assert.Equal(["DKIM-Signature", "X-MultiMail-Identity", "Date"], names);
        var record = Assert.Single(await house.Node.SigningKeys.DnsRecordsOfAsync(house.Person.Account, "mail.example.org", CancellationToken.None));
        var dns = ZoneResolver.Of($"{record.Name} TXT {record.Value}");
        var verdict = Assert.Single(await DkimVerifier.VerifyAsync(bytes, dns, house.Clock, CancellationToken.None));
        Assert.Equal((AuthResult.Pass, "crm-agent@mail.example.org"), (verdict.Result, verdict.Identity));
        Assert.Contains("x-multimail-identity", verdict.SignedHeaders);
        var found = await VerifyAsync(house, bytes, new(Dns: dns));
        Assert.Equal(Verification.Verified, found.Overall);
        Assert.Equal(PartResult.Pass, found.Part("dkim"));

        var listed = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(bytes) + "footer\r\n");
        Assert.Equal(Verification.SignedButModified, (await VerifyAsync(house, listed, new(Dns: dns))).Overall);
        Assert.Equal(PartResult.Unknown, (await VerifyAsync(house, bytes, new(Dns: ZoneResolver.Of("x TXT y")))).Part("dkim"));
    }

    private static async Task<(string Id, byte[] Bytes)> ArriveAsync(House house, string subject = "Quarterly numbers")
    {
        var receipt = await house.SendAsync(Steps.Letter(subject));
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        return (receipt.MessageId, await ReceivedAsync(house));
    }

    /// <summary>The newest message of the person's mailbox, as it lies in the store.</summary>
    private static async Task<byte[]> ReceivedAsync(House house)
    {
        var list = await house.ListAsync(Installation.PersonAddress);
        Assert.True(house.Node.Ids.TryParse<MultiMail.Core.Ids.MessageId>(list.Messages[0].MessageId, out var id));
        var message = await house.Store.MessageAsync(house.Person.Account, id, CancellationToken.None);
        return (await house.Store.RawAsync(house.Person.Account, message!.RawSha256, CancellationToken.None))!; // it was just listed
    }

    private static Task<Verification> VerifyAsync(House house, byte[] bytes, VerificationWish? wish = null) =>
        house.Node.Verification.VerifyAsync(house.Person, bytes, wish ?? new VerificationWish(), CancellationToken.None);
}
