using System.Buffers.Text;
using System.Text;
using MultiMail.Core.Identity;
using MultiMail.Mail;

namespace MultiMail.Core.Tests.Identity;

public sealed class IdentityTokenTests
{
    [Fact]
    public void Digests_are_those_of_the_vector()
    {
        var bytes = Encoding.ASCII.GetBytes(Vector.Plain);
        Assert.Equal(409, bytes.Length);
        var digests = MessageDigests.Of(RawFields.Split(bytes));
        Assert.Equal(Vector.BodyHash, digests.Body);
        Assert.Equal(Vector.HeaderHash, digests.Header);
        Assert.Equal(Vector.RecipientHash, MessageDigests.Recipient(Vector.MessageIdField, "Alice@Recipient.test"));
    }

    [Fact]
    public void The_payload_is_that_of_the_vector() => Assert.Equal(Vector.Payload, Encoding.UTF8.GetString(IdentityToken.Payload(Vector.Claims)));

    [Fact]
    public void The_key_id_is_the_thumbprint()
    {
        using var key = Vector.Key();
        Assert.Equal(Vector.Kid, key.Public.Kid);
        Assert.Equal(Vector.PublicKey, key.Public);
    }

    [Fact]
    public void The_vectors_signature_verifies() => Assert.Equal(Verification.Verified, Vector.Check(Vector.With(Vector.Token)).Overall);

    [Fact]
    public void What_we_sign_verifies_and_says_what_was_claimed()
    {
        using var key = Vector.Key();
        var found = Vector.Check(Vector.With(IdentityToken.Sign(Vector.Claims, key)));
        Assert.Equal(Verification.Verified, found.Overall);
        Assert.Equal(Vector.Claims, found.Claims);
        Assert.Equal(["signature", "hh", "bh"], found.Parts.Select(part => part.Name));
    }

    [Fact]
    public void Every_claim_comes_back()
    {
        using var key = Vector.Key();
        var claims = Vector.Claims with
        {
            AgentId = null, AiGenerated = false, AiAssisted = true, Approval = ApprovalClaims.HumanAuthor, Category = null, OperatorName = "Exämple \u0001\"GmbH\" 🎉",
            RecipientHash = Vector.RecipientHash, LogOrigin = "example.test/audit/1",
        };
        Assert.Equal(claims, Vector.Check(Vector.With(IdentityToken.Sign(claims, key))).Claims);
    }

    [Fact]
    public void Lines_keep_to_78_octets()
    {
        var lines = Vector.With(Vector.Token).Split("\r\n\r\n")[0].Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 78));
        Assert.Equal(73, lines[1].Length);
    }

    [Fact]
    public void A_key_comes_back_from_its_export()
    {
        using var key = IdentityKey.Create();
        using var copy = IdentityKey.Import(key.Export());
        Assert.Equal(key.Public, copy.Public);
        Assert.Equal(64, copy.Sign([1]).Length);
        Assert.True(key.Public.Verifies([1], copy.Sign([1])));
    }

    [Fact]
    public void A_key_set_is_read_and_written()
    {
        Assert.True(JsonWebKeys.TryParse(Encoding.UTF8.GetBytes(Vector.JwkSet), out var keys, out _));
        Assert.Equal(Vector.PublicKey, Assert.Single(keys));
        var full = Vector.PublicKey with
        {
            NotBefore = DateTimeOffset.FromUnixTimeSeconds(10), NotAfter = DateTimeOffset.FromUnixTimeSeconds(20), Status = "revoked",
            RevokedAt = DateTimeOffset.FromUnixTimeSeconds(30), Reason = "stolen",
        };
        Assert.True(JsonWebKeys.TryParse(JsonWebKeys.Write([full]), out keys, out _));
        Assert.Equal(full, Assert.Single(keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"AQ","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"other","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","d":"AQ","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    public void What_is_no_key_set_is_refused_with_a_reason(string json)
    {
        Assert.False(JsonWebKeys.TryParse(Encoding.UTF8.GetBytes(json), out var keys, out var fault));
        Assert.Empty(keys);
        Assert.NotNull(fault);
    }

    [Fact]
    public void A_point_off_the_curve_verifies_nothing()
    {
        var off = IssuerKey.Of(Vector.PublicKey.X, Base64Url.EncodeToString(new byte[32]));
        Assert.False(off.Verifies([1], new byte[64]));
    }
}
