using System.Text;
using MultiMail.Mail;

namespace Interop.Signatures;

/// <summary>Our DKIM signatures before verifiers that are not ours: what they outlive and what breaks them.</summary>
public sealed class DkimSignatureTests
{
    private const string Domain = "example.test";
    private static readonly DateTimeOffset At = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, OutgoingMessage> Messages = new(StringComparer.Ordinal)
    {
        ["plain"] = Letter("Hello Alice,\nyour order  has shipped. \n"),
        ["foreign"] = Letter("שלום Grüße 👩‍👩‍👧\n") with { Subject = "Grüße 🎉 über alles", Html = "<p>Grüße &amp; more</p>" },
        ["long"] = Letter(new string('x', 100_000) + "\n.dot\nFrom here\ntrailing  \n\n\n"),
        ["empty"] = Letter("\n"),
        ["attached"] = Letter("See the file.\n") with { Attachments = [new OutgoingAttachment("ä.bin", "application/octet-stream", Enumerable.Range(0, 3_000).Select(i => (byte)i).ToArray())] },
        ["many"] = Letter("All of you\n") with { To = [.. Enumerable.Range(0, 60).Select(i => Address($"\"Łukasz, {i}\" <l{i}@example.org>"))] },
    };

    /// <summary>Changes on the way that a signature outlives.</summary>
    private static readonly Dictionary<string, Func<string, string>> Harmless = new(StringComparer.Ordinal)
    {
        ["refolded"] = m => m.Replace("Subject: Order 4711 ", "Subject: Order\r\n 4711  ", StringComparison.Ordinal),
        ["upper_name"] = m => m.Replace("\r\nSubject:", "\r\nSUBJECT:", StringComparison.Ordinal),
        ["blank_lines"] = m => m + "\r\n\r\n",
        ["added_trace"] = m => "Received: from a.example by b.example; Tue, 24 Nov 2026 09:00:01 +0000\r\nX-Spam-Status: No\r\n" + m,
    };

    private static readonly Dictionary<string, Func<string, string>> Harmful = new(StringComparer.Ordinal)
    {
        ["footer"] = m => m + "-- \r\nThe list\r\n",
        ["word"] = m => m.Replace("shipped", "drifted", StringComparison.Ordinal),
        ["second_from"] = m => "From: boss@example.test\r\n" + m,
        ["second_subject"] = m => "Subject: Pay now\r\n" + m,
        ["cc_added"] = m => "Cc: eve@example.org\r\n" + m,
        ["reply_to_added"] = m => "Reply-To: eve@example.org\r\n" + m,
        ["to_named"] = m => m.Replace("To: alice@example.org", "To: Alice <alice@example.org>", StringComparison.Ordinal),
        ["id_removed"] = m => m.Replace("Message-ID: <m1@example.test>\r\n", string.Empty, StringComparison.Ordinal),
        ["identity_removed"] = m => m.Replace("X-MultiMail-Identity: abc\r\n", string.Empty, StringComparison.Ordinal),
        ["identity_twice"] = m => "X-MultiMail-Identity: abc\r\n" + m,
        ["date"] = m => m.Replace("Date: Sun", "Date: Mon", StringComparison.Ordinal),
        ["way_out_changed"] = m => m.Replace("/u/abc>", "/u/abd>", StringComparison.Ordinal),
        ["way_out_twice"] = m => "List-Unsubscribe: <https://evil.test/>\r\n" + m,
        ["one_click_removed"] = m => m.Replace("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", string.Empty, StringComparison.Ordinal),
        ["ai_removed"] = m => m.Replace("X-AI-Generated: true\r\n", string.Empty, StringComparison.Ordinal),
        ["automatic_changed"] = m => m.Replace("auto-generated", "no", StringComparison.Ordinal),
        ["dot"] = m => m.Replace("\r\nyour order", "\r\n.your order", StringComparison.Ordinal),
    };

    [Fact]
    public async Task Four_verifiers_accept_what_we_sign_and_refuse_what_was_changed()
    {
        DkimVerifiers.Needed();
        using var key = DkimKey.CreateRsa();
        using var verifiers = new DkimVerifiers();
        var expected = new Dictionary<string, bool>(StringComparer.Ordinal);
        void Add(string name, byte[] message, bool good)
        {
            verifiers.Add(name, message);
            expected.Add(name, good);
        }

        foreach (var (name, message) in Messages)
        {
            Add(name, Signed(message, new DkimIdentity(Domain, "mm202611a", key, "crm.agent-1")), good: true);
        }

        var plain = Encoding.ASCII.GetString(Signed(Messages["plain"], new DkimIdentity(Domain, "mm202611a", key, "crm")));
        foreach (var (name, change) in Harmless.Select(c => (c.Key, c.Value)).Concat(Harmful.Select(c => (c.Key, c.Value))))
        {
            var changed = change(plain);
            Assert.NotEqual(plain, changed);
            Add(name, Encoding.ASCII.GetBytes(changed), Harmless.ContainsKey(name));
        }

        foreach (var (verifier, found) in await verifiers.RunAsync(($"mm202611a._domainkey.{Domain}", key.PublicRecord)))
        {
            Assert.Equal(
                expected.Select(e => $"{verifier} {e.Key} {e.Value}").Order(StringComparer.Ordinal), found.Select(f => $"{verifier} {f.Key} {f.Value}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_second_ed25519_signature_is_accepted_or_passed_over()
    {
        DkimVerifiers.Needed();
        using var rsa = DkimKey.CreateRsa();
        using var ed25519 = DkimKey.CreateEd25519();
        using var verifiers = new DkimVerifiers();
        var message = Signed(Messages["plain"], new DkimIdentity(Domain, "r", rsa, "crm"), new DkimIdentity(Domain, "e", ed25519, "crm"));
        verifiers.Add("both", message);
        verifiers.Add("alone", Signed(Messages["plain"], new DkimIdentity(Domain, "e", ed25519, "crm")));
        var found = await verifiers.RunAsync(($"r._domainkey.{Domain}", rsa.PublicRecord), ($"e._domainkey.{Domain}", ed25519.PublicRecord));
        Assert.All(found, verifier => Assert.True(verifier.Value["both"], verifier.Key));
        Assert.All(found.Where(verifier => verifier.Key != "Mail::DKIM"), verifier => Assert.True(verifier.Value["alone"], verifier.Key)); // it knows no Ed25519
    }

    [Fact]
    public async Task A_revoked_selector_is_refused()
    {
        DkimVerifiers.Needed();
        using var key = DkimKey.CreateRsa();
        using var verifiers = new DkimVerifiers();
        verifiers.Add("plain", Signed(Messages["plain"], new DkimIdentity(Domain, "r", key, "crm")));
        var found = await verifiers.RunAsync(($"r._domainkey.{Domain}", "v=DKIM1; k=rsa; p="));
        Assert.All(found, verifier => Assert.False(verifier.Value["plain"], verifier.Key));
    }

    private static byte[] Signed(OutgoingMessage message, params DkimIdentity[] identities)
    {
        var wire = MessageComposer.Compose(message).Wire;
        var dated = FrozenForm.Prepend(wire, [("X-MultiMail-Identity", "abc"), ("Date", "Sun, 22 Nov 2026 06:30:00 +0000")]);
        return FrozenForm.Prepend(dated, DkimSigner.Sign(dated, identities, At));
    }

    private static OutgoingMessage Letter(string text) => new()
    {
        From = Address("\"CRM Agent\" <crm@example.test>"),
        To = [Address("alice@example.org")],
        Subject = "Order 4711 on its way",
        Text = text,
        MessageIdField = "m1@example.test",
        BoundarySeed = "seed",
        ExtraHeaders =
        [
            ("Auto-Submitted", "auto-generated"), ("X-AI-Generated", "true"), ("List-Unsubscribe", "<https://mail.example.test/u/abc>, <mailto:crm@example.test?subject=unsubscribe%20abc>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ],
    };

    private static MailboxAddress Address(string text) =>
        MailboxAddress.TryParse(text, out var address, out var fault) ? address : throw new InvalidOperationException(fault);
}
