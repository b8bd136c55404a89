using System.Text;
using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class SignedNoteTests
{
    private const string Text = "first line\n\nafter a blank line\n";

    private static readonly NoteSigner Other = new("witness.example", new byte[32]);

    // Same name, another key: another id, hence unknown to who holds only the first.
    private static readonly NoteSigner Impostor = new(Samples.Origin, Enumerable.Repeat((byte)9, 32).ToArray());

    [Fact]
    public void Note_round_trips_with_blank_lines_in_its_text()
    {
        var opened = SignedNote.Open(Samples.Signer.Sign(Text), Samples.Signer.Verifier);
        Assert.Equal(Text, opened?.Text);
        Assert.Equal([Samples.Signer.Verifier], opened!.VerifiedBy);
    }

    [Fact]
    public void Any_valid_text_round_trips() => Gen.String.Sample(s =>
    {
        var text = string.Concat(s.Where(c => c >= ' ' && !char.IsSurrogate(c))) + "\n";
        Assert.Equal(text, SignedNote.Open(Samples.Signer.Sign(text), Samples.Signer.Verifier)?.Text);
    });

    [Fact]
    public void Published_example_opens()
    {
        // The example and key of the documentation of golang.org/x/mod/sumdb/note.
        const string Note = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n\n"
            + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        Assert.True(NoteVerifier.TryParse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", out var key));
        Assert.NotNull(SignedNote.Open(Note, key));
    }

    [Fact]
    public void Unknown_keys_are_ignored()
    {
        var note = Samples.Signer.Sign(Text) + Other.SignatureLine(Text) + Impostor.SignatureLine(Text);
        Assert.Equal([Samples.Signer.Verifier], SignedNote.Open(note, Samples.Signer.Verifier)!.VerifiedBy);
        Assert.Equal(2, SignedNote.Open(note, Samples.Signer.Verifier, Other.Verifier)!.VerifiedBy.Count);
    }

    [Fact]
    public void Note_without_a_known_key_is_refused()
    {
        Assert.Null(SignedNote.Open(Samples.Signer.Sign(Text), [Other.Verifier, Impostor.Verifier], out var fault));
        Assert.Equal(NoteFault.NoKnownKey, fault);
        Assert.Null(SignedNote.Open(Samples.Signer.Sign(Text)));
    }

    [Fact]
    public void Known_key_that_fails_spoils_the_note_beside_unknown_and_good_ones()
    {
        var bad = Samples.Signer.SignatureLine("another text\n");
        foreach (var note in new[]
        {
            Text + "\n" + bad + Other.SignatureLine(Text),
            Text + "\n" + Other.SignatureLine(Text) + bad,
            Samples.Signer.Sign(Text) + bad,
        })
        {
            Assert.Null(SignedNote.Open(note, [Samples.Signer.Verifier], out var fault));
            Assert.Equal(NoteFault.BadSignature, fault);
            Assert.Null(SignedNote.Open(note, Other.Verifier, Samples.Signer.Verifier));
        }
    }

    [Fact]
    public void Malformed_note_is_refused()
    {
        var good = Samples.Signer.Sign(Text);
        var signature = Samples.Signer.SignatureLine(Text);
        string[] bad =
        [
            "", "\n", Text, signature, Text + signature, good[..^1], good + "\n", good + "x\n", good.Replace("\n", "\r\n", StringComparison.Ordinal),
            good.Replace('\u2014', '-'), good.Replace("\u2014 ", "\u2014", StringComparison.Ordinal), good.Replace("\u2014 ", "\u2014  ", StringComparison.Ordinal),
            good.Replace("first", "fi\tst", StringComparison.Ordinal), good.Replace("first", "fi\ud800st", StringComparison.Ordinal),
            good + "\u2014 a+b AAAAAAA=\n", good + "\u2014 name AAAA\n", good + "\u2014 name AAAAAAB=\n", good + "\u2014  AAAAAAA=\n",
        ];
        foreach (var note in bad)
        {
            Assert.Null(SignedNote.Open(note, [Samples.Signer.Verifier], out var fault));
            Assert.Equal(NoteFault.Malformed, fault);
        }
    }

    [Fact]
    public void Sixteen_signatures_are_read_and_thousands_are_not()
    {
        string With(int more) => Samples.Signer.Sign(Text) + string.Concat(Enumerable.Repeat(Other.SignatureLine(Text), more));
        Assert.NotNull(SignedNote.Open(With(15), Samples.Signer.Verifier));
        Assert.Null(SignedNote.Open(With(5000), Samples.Signer.Verifier));
    }

    [Fact]
    public void Change_of_any_byte_of_a_note_is_noticed()
    {
        var bytes = Encoding.UTF8.GetBytes(Samples.Signer.Sign(Text));
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var change in new byte[] { 1, 2, 4, 0x20, 0x80 })
            {
                bytes[i] ^= change;
                Assert.Null(SignedNote.Open(Encoding.UTF8.GetString(bytes), Samples.Signer.Verifier));
                bytes[i] ^= change;
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no newline")]
    [InlineData("carriage\r\n")]
    [InlineData("tab\t\n")]
    public void Text_that_no_note_can_carry_is_not_signed(string text) =>
        Assert.Throws<ArgumentException>(() => Samples.Signer.Sign(text));

    [Fact]
    public void Text_that_has_no_utf8_form_is_not_signed() =>
        Assert.Throws<ArgumentException>(() => Samples.Signer.Sign("lone \ud800\n"));
}
