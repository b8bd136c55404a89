using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MultiMail.Mail.Tests.Dkim;

public sealed class DkimSignerTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_795_329_000);

    // One for all: making it takes longer than all the tests.
    private static readonly DkimKey Key = DkimKey.CreateRsa();

    [Fact]
    public void The_tags_are_those_of_the_profile()
    {
        var tags = Tags(Sign(Message()));
        Assert.Equal(["v", "a", "c", "d", "s", "i", "t", "h", "bh", "b"], tags.Keys);
        Assert.Equal("1", tags["v"]);
        Assert.Equal("rsa-sha256", tags["a"]);
        Assert.Equal("relaxed/relaxed", tags["c"]);
        Assert.Equal("example.test", tags["d"]);
        Assert.Equal("mm202611a", tags["s"]);
        Assert.Equal("crm@example.test", tags["i"]);
        Assert.Equal("1795329000", tags["t"]);
    }

    [Fact]
    public void An_expiry_is_written_when_asked_for() =>
        Assert.Equal("1796538600", Tags(Sign(Message(), validFor: TimeSpan.FromDays(14)))["x"]);

    [Fact]
    public void Every_covered_field_is_named_once_more_than_it_occurs()
    {
        var message = Message();
        var names = Tags(Sign(message))["h"].Split(':');
        var split = RawFields.Split(message);
        foreach (var group in names.GroupBy(name => name, StringComparer.Ordinal))
        {
            Assert.Equal(split.Named(group.Key).Count + 1, group.Count());
        }

        Assert.Superset(new HashSet<string>(["from", "to", "cc", "subject", "date", "message-id", "x-multimail-identity"]), names.ToHashSet(StringComparer.Ordinal));
        Assert.Empty(names.Intersect(["received", "return-path", "bcc", "x-spam-status"]));
    }

    [Fact]
    public void The_signature_verifies_with_the_published_key_alone()
    {
        var message = Message();
        var value = Sign(message);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(Key.PublicRecord[(Key.PublicRecord.IndexOf("p=", StringComparison.Ordinal) + 2)..]), out _);
        Assert.Equal(2_048, rsa.KeySize);
        Assert.True(rsa.VerifyHash(Hash(message, value), Signature(value), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void A_second_signature_may_be_ed25519()
    {
        using var second = DkimKey.CreateEd25519();
        var message = Message();
        var fields = DkimSigner.Sign(message, [new("example.test", "r", Key), new("example.test", "e", second)], At);
        Assert.Equal(["rsa-sha256", "ed25519-sha256"], fields.Select(field => Tags(field.Value)["a"]));
        var raw = Convert.FromBase64String(second.PublicRecord["v=DKIM1; k=ed25519; p=".Length..]);
        Assert.Equal(32, raw.Length);
        Assert.True(new Ed25519PublicKeyParameters(raw).Verify(
            Ed25519.Algorithm.Ed25519, null, Hash(message, fields[1].Value), 0, 32, Signature(fields[1].Value), 0));
    }

    [Fact]
    public void Lines_keep_to_78_octets_and_the_result_stays_in_frozen_form()
    {
        var message = Message();
        var signed = FrozenForm.Prepend(message, DkimSigner.Sign(message, [Identity() with { ValidFor = TimeSpan.FromDays(14) }], At));
        Assert.Empty(FrozenForm.Faults(signed));
        Assert.All(Encoding.ASCII.GetString(signed).Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Theory]
    [InlineData("From: a@x.example\n\nhello\n")]
    [InlineData("From: a@x.example\r\n\r\nhello")]
    [InlineData("From: a@x.example\r\n\r\nhall\u00F6\r\n")]
    [InlineData("Subject: nobody\r\n\r\nhello\r\n")]
    public void What_another_server_would_change_is_not_signed(string message) =>
        Assert.Throws<ArgumentException>(() => Sign(Encoding.Latin1.GetBytes(message)));

    [Theory]
    [InlineData("crm agent", "example.test", "s1")]
    [InlineData("a@b", "example.test", "s1")]
    [InlineData("a..b", "example.test", "s1")]
    [InlineData("a;b", "example.test", "s1")]
    [InlineData("crm", "example test", "s1")]
    [InlineData("crm", "example.test; l=0", "s1")]
    [InlineData("crm", "example.test", "s1; l=0")]
    [InlineData("crm", "", "s1")]
    public void What_a_tag_cannot_hold_is_refused(string agent, string domain, string selector) =>
        Assert.Throws<ArgumentException>(() => DkimSigner.Sign(Message(), [new(domain, selector, Key, agent)], At));

    [Fact]
    public void Keys_come_back_from_their_export()
    {
        using var ed25519 = DkimKey.CreateEd25519();
        foreach (var original in new[] { Key, ed25519 })
        {
            using var copy = DkimKey.Import(original.Export());
            Assert.Equal(original.Algorithm, copy.Algorithm);
            Assert.Equal(original.PublicRecord, copy.PublicRecord);
        }
    }

    [Fact]
    public void Weak_or_foreign_keys_are_refused()
    {
        using var weak = RSA.Create(1_024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<CryptographicException>(() => DkimKey.Import(weak.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => DkimKey.Import(curve.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => DkimKey.Import([1, 2, 3]));
        Assert.Throws<CryptographicException>(() => DkimKey.Import([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DkimKey.CreateRsa(1_024));
    }

    [Fact]
    public void Threads_may_share_a_key() =>
        Assert.Single(Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Select(_ => Convert.ToHexString(Key.Sign(new byte[32]))).Distinct());

    private static byte[] Message() => FrozenForm.Prepend(MessageComposer.Compose(Mail.Outgoing()).Wire, [("Date", "Sun, 22 Nov 2026 06:30:00 +0000")]);

    private DkimIdentity Identity() => new("example.test", "mm202611a", Key, "crm");

    private string Sign(byte[] message, TimeSpan? validFor = null) => DkimSigner.Sign(message, [Identity() with { ValidFor = validFor }], At)[0].Value;

    private static Dictionary<string, string> Tags(string value) => value.Replace("\r\n", string.Empty, StringComparison.Ordinal).Split(';')
        .Select(tag => tag.Trim().Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Replace(" ", string.Empty, StringComparison.Ordinal), StringComparer.Ordinal);

    private static byte[] Signature(string value) => Convert.FromBase64String(Tags(value)["b"]);

    private static byte[] Hash(byte[] message, string value)
    {
        var unsigned = Encoding.ASCII.GetBytes($"DKIM-Signature: {value[..(value.LastIndexOf("b=", StringComparison.Ordinal) + 2)]}");
        return Canonical.HeaderHash(RawFields.Split(message).Select(Tags(value)["h"].Split(':')), unsigned, Canonicalization.Relaxed);
    }
}
