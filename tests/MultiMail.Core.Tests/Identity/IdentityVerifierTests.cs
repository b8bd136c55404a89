using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MultiMail.Core.Identity;

namespace MultiMail.Core.Tests.Identity;

public sealed class IdentityVerifierTests
{
    private static readonly string Good = Vector.With(Vector.Token);

    /// <summary>What relays do to a message without anybody's harm.</summary>
    [Theory]
    [InlineData("Subject: Order  4711", "SUBJECT:   Order \r\n 4711 ")]
    [InlineData("shipped. \r\n\r\n\r\n", "shipped.\r\n")]
    [InlineData("your order  has", "your order has")]
    [InlineData("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nReceived: from a by b\r\nX-Spam: no\r\n")]
    [InlineData("To: alice@recipient.test\r\nSubject: Order  4711\r\n", "Subject: Order  4711\r\nTo: alice@recipient.test\r\n")]
    public void Survives_what_relays_do(string was, string becomes) => Assert.Equal(Verification.Verified, Vector.Check(Changed(was, becomes)).Overall);

    [Fact]
    public void Survives_line_feeds_alone_and_an_unfolded_header()
    {
        Assert.Equal(Verification.Verified, Vector.Check(Good.ReplaceLineEndings("\n")).Overall);
        Assert.Equal(Verification.Verified, Vector.Check($"{IdentityField.Name}: {Vector.Token}\r\n{Vector.Plain}").Overall);
        Assert.Equal(Verification.Verified, Vector.Check($"{IdentityField.Name.ToLowerInvariant()}:\t{string.Join("\r\n\t ", Vector.Token.Chunk(40).Select(c => new string(c)))}\r\n{Vector.Plain}").Overall);
    }

    [Theory]
    [InlineData("To: alice@recipient.test", "To: mallory@recipient.test")]
    [InlineData("Subject: Order  4711", "Subject: Pay at once")]
    [InlineData("To: alice", "Cc: eve@recipient.test\r\nTo: alice")]
    [InlineData("From: ", "From: boss@example.test\r\nFrom: ")]
    [InlineData("Subject: ", "Subject: Another\r\nSubject: ")]
    [InlineData("charset=us-ascii", "charset=utf-8")]
    [InlineData("Auto-Submitted: auto-generated\r\n", "")]
    [InlineData("Date: Sun", "Date: Mon")]
    public void A_replay_under_another_header_fails(string was, string becomes)
    {
        var found = Vector.Check(Changed(was, becomes));
        Assert.Equal(PartResult.Fail, found.Part("hh"));
        Assert.Equal(PartResult.Pass, found.Part("bh"));
        Assert.Equal(Verification.Invalid, found.Overall);
    }

    [Fact]
    public void Another_body_is_signed_but_modified()
    {
        var found = Vector.Check(Good + "-- \r\nThe list\r\n");
        Assert.Equal(PartResult.Pass, found.Part("hh"));
        Assert.Equal(PartResult.Fail, found.Part("bh"));
        Assert.Equal(Verification.SignedButModified, found.Overall);
    }

    [Fact]
    public void Another_message_id_fails_even_when_the_digest_is_right()
    {
        using var key = Vector.Key();
        var found = Vector.Check(Vector.With(IdentityToken.Sign(Vector.Claims with { MessageIdField = "other@example.test" }, key)));
        Assert.Equal(PartResult.Fail, found.Part("hh"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X-MultiMail-Identity: {0}\r\nX-MultiMail-Identity: {0}\r\n")]
    [InlineData("X-MultiMail-Identity: {0}\r\nx-multimail-identity: other\r\n")]
    [InlineData("X-MultiMail-Identity: \r\n")]
    [InlineData("X-MultiMail-Identity: a.b\r\n")]
    [InlineData("X-MultiMail-Identity: {0}.x\r\n")]
    [InlineData("X-MultiMail-Identity: {0}=\r\n")]
    public void There_is_exactly_one_well_formed_header(string header)
    {
        var found = Vector.Check(header.Replace("{0}", Vector.Token, StringComparison.Ordinal) + Vector.Plain);
        Assert.Equal(Verification.Invalid, found.Overall);
        Assert.Equal("signature", Assert.Single(found.Parts).Name);
        Assert.Null(found.Claims);
    }

    [Fact]
    public void A_field_beyond_all_measure_is_not_read() =>
        Assert.Equal(Verification.Invalid, Vector.Check($"{IdentityField.Name}: {new string('a', 20_000)}\r\n{Vector.Plain}").Overall);

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"ES384","kid":"KID","typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"es256","kid":"KID","typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":7,"typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"ES256","jwk":{"kty":"EC"},"kid":"KID","typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"ES256","jku":"https://evil.example/","kid":"KID","typ":"mm-agent+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"mm-agent+jws","x5u":"https://evil.example/"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"mm-agent+jws","x5c":[]}""")]
    [InlineData("""{"alg":"ES256","crit":["x"],"kid":"KID","typ":"mm-agent+jws","x":1}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256","kid":"KID","typ":"mm-agent+jws"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_header_of_another_kind_is_refused_however_well_signed(string header)
    {
        var found = Vector.Check(Vector.With(Signed(header.Replace("KID", Vector.Kid, StringComparison.Ordinal), Vector.Payload)));
        Assert.Equal(Verification.Invalid, found.Overall);
        Assert.Equal(PartResult.Fail, found.Part("signature"));
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"hn\":1", "\"hn\":2")]
    [InlineData("\"v\":1", "\"v\":\"1\"")]
    [InlineData(",\"v\":1", "")]
    [InlineData("\"operator\":\"Example GmbH\"", "\"operator\":null")]
    [InlineData("\"v\":1", "\"v\":1,\"v\":1")]
    [InlineData("\"hh\"", "\"xh\"")]
    public void Claims_of_another_kind_are_refused_however_well_signed(string was, string becomes) =>
        Assert.Equal(PartResult.Fail, Vector.Check(Vector.With(Signed(GoodHeader, Vector.Payload.Replace(was, becomes, StringComparison.Ordinal)))).Part("signature"));

    [Fact]
    public void A_der_signature_is_refused()
    {
        var signed = Vector.Token[..Vector.Token.LastIndexOf('.')];
        using var key = Vector.Key();
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Export(), out _);
        var der = ecdsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.Equal(PartResult.Fail, Vector.Check(Vector.With($"{signed}.{Base64Url.EncodeToString(der)}")).Part("signature"));
    }

    /// <summary>64 bytes end in a character of which four bits count: three other spellings decode to the same bytes.</summary>
    [Fact]
    public void Another_spelling_of_the_same_bytes_is_refused()
    {
        Assert.EndsWith("dQ", Vector.Token, StringComparison.Ordinal);
        foreach (var last in "RST")
        {
            Assert.Equal(PartResult.Fail, Vector.Check(Vector.With(Vector.Token[..^1] + last)).Part("signature"));
        }
    }

    [Fact]
    public void A_changed_claim_or_signature_fails()
    {
        var parts = Vector.Token.Split('.');
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Vector.Payload.Replace("\"human\"", "\"human_author\"", StringComparison.Ordinal)));
        Assert.Equal(PartResult.Fail, Vector.Check(Vector.With($"{parts[0]}.{payload}.{parts[2]}")).Part("signature"));
        Assert.Equal(PartResult.Fail, Vector.Check(Vector.With($"{parts[0]}.{parts[1]}.{new string('A', 86)}")).Part("signature"));
    }

    [Fact]
    public void Without_the_key_nothing_can_be_told()
    {
        var found = Vector.Check(Good, basis => basis with { Keys = [] });
        Assert.Equal(Verification.Undetermined, found.Overall);
        Assert.Null(found.Claims);
        Assert.Equal(Verification.Invalid, Vector.Check(Changed("4711", "4712"), basis => basis with { Keys = [] }).Overall);
    }

    [Theory]
    [InlineData(-600, null, Verification.Verified)]
    [InlineData(600, null, Verification.Invalid)]
    [InlineData(-600, 600, Verification.Verified)]
    [InlineData(-900, -600, Verification.Invalid)]
    [InlineData(60, -60, Verification.Verified)]
    public void A_key_signs_in_its_own_time_only(int from, int? to, string overall)
    {
        var signed = Vector.Claims.IssuedAt;
        var key = Vector.PublicKey with { NotBefore = signed.AddSeconds(from), NotAfter = to is { } end ? signed.AddSeconds(end) : null };
        Assert.Equal(overall, Vector.Check(Good, basis => basis with { Keys = [key] }).Overall);
    }

    [Fact]
    public void A_revoked_key_proves_nothing_by_itself()
    {
        var later = Vector.Claims.IssuedAt.AddYears(1);
        var found = Vector.Check(Good, basis => basis with { Keys = [Vector.PublicKey with { RevokedAt = later }] });
        Assert.Equal(PartResult.Fail, found.Part("signature"));
        Assert.Null(found.Claims);
    }

    [Theory]
    [InlineData("alice@recipient.test", PartResult.Pass)]
    [InlineData("ALICE@recipient.test", PartResult.Pass)]
    [InlineData("bob@recipient.test", PartResult.Fail)]
    public void A_copy_is_for_its_recipient(string recipient, PartResult expected)
    {
        using var key = Vector.Key();
        var message = Vector.With(IdentityToken.Sign(Vector.Claims with { RecipientHash = Vector.RecipientHash }, key));
        Assert.Equal(expected, Vector.Check(message, basis => basis with { Recipient = recipient }).Part("rcpt"));
        Assert.Null(Vector.Check(message).Part("rcpt"));
        Assert.Null(Vector.Check(Good, basis => basis with { Recipient = recipient }).Part("rcpt"));
    }

    [Fact]
    public void An_empty_or_odd_message_is_invalid_and_nothing_worse()
    {
        foreach (var message in new[] { string.Empty, "\r\n", ":", "X-MultiMail-Identity", "X-MultiMail-Identity: a\r\n b\r\n\r\n", new string('\n', 1_000) })
        {
            Assert.Equal(Verification.Invalid, Vector.Check(message).Overall);
        }
    }

    private static string GoodHeader => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(IdentityToken.Header(Vector.Kid)));

    private static string Changed(string was, string becomes)
    {
        Assert.Contains(was, Good, StringComparison.Ordinal);
        return Good.Replace(was, becomes, StringComparison.Ordinal);
    }

    private static string Signed(string header, string payload)
    {
        using var key = Vector.Key();
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
