using System.Text;

namespace MultiMail.Mail.Tests;

/// <summary>Seeded mutation: nothing that can be received makes the reader throw.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] Seeds =
    [
        MessageComposer.Compose(Compose.ComposerTests.Rich()).Wire,
        MessageComposer.Compose(Mail.Outgoing() with { Text = null, Markdown = "# a\n\n- [b](https://c.example)\n" }).Wire,
        Encoding.UTF8.GetBytes(Read.ReaderTests.Multi("related", Read.ReaderTests.Part("text/html", "<style>.a{color:#fff}</style><p class=a style='font-size:1px'>x</p><table><tr><td>y"), Read.ReaderTests.Part("message/rfc822", "Subject: =?gb2312?b?xOM?=\r\n\r\nx"))),
        Encoding.UTF8.GetBytes("From: \"a\" <b@c>, g: d@e, f@h;\r\nContent-Type: text/plain; charset=utf-7; format=flowed; name*0*=utf-8''a; name*1=b\r\nContent-Transfer-Encoding: base64\r\n\r\nK0FPUS0"),
        .. Directory.EnumerateFiles(Path.Combine(Testing.Repository.Root, "tests", "corpus"), "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mutated_mail_is_read(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            Check(Mutate(random, Seeds[random.Next(Seeds.Length)]));
        }
    }

    [Fact]
    public void Random_bytes_are_read()
    {
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            Check(bytes);
        }
    }

    [Fact]
    public void Mail_cut_at_each_octet_is_read()
    {
        foreach (var seed in Seeds)
        {
            for (var length = 0; length < seed.Length; length += 7)
            {
                Check(seed[..length]);
            }
        }
    }

    [Fact]
    public void Whatever_the_composer_takes_is_in_frozen_form_and_reads_back()
    {
        var random = new Random(6);
        var taken = 0;
        for (var i = 0; i < 1_500; i++)
        {
            var message = Mail.Outgoing(Text(random, 400)) with
            {
                Subject = Text(random, 60),
                ExtraHeaders = [("X-Note", Text(random, 90))],
                Attachments = [new OutgoingAttachment(Text(random, 30), "text/plain", Encoding.UTF8.GetBytes("x"))],
            };
            try
            {
                var wire = MessageComposer.Compose(message).Wire;
                var read = MessageReader.Read(wire);
                Assert.Empty(FrozenForm.Faults(wire));
                Assert.Equal(message.Subject.Trim(), read.Subject.Trim());
                Assert.Equal(["From", "To", "Subject", "Message-ID", "X-Note", "MIME-Version", "Content-Type"], read.Headers.Select(header => header.Name));
                taken++;
            }
            catch (MailFormatException exception)
            {
                Assert.NotEmpty(exception.Faults);
            }
        }

        Assert.True(taken > 100, $"{taken}");
    }

    private static void Check(byte[] raw)
    {
        var read = MessageReader.Read(raw, returnPath: "<>");
        Assert.DoesNotContain('\0', read.TextBody);
        Assert.True(Surrogates.AreWhole(read.TextBody) && Surrogates.AreWhole(read.Subject));
        Assert.DoesNotContain("unparsable", read.Defects);
        foreach (var file in read.Attachments)
        {
            Assert.Equal(file.Size, MessageReader.Attachment(raw, file.PartIndex).Length);
        }

        if (read.Html is not null)
        {
            _ = HtmlPreview.Sanitise(read.Html);
        }

        Assert.InRange(read.Trimmed.Length, 0, read.TextBody.Length);
        _ = UntrustedText.Normalise(read.TextBody);
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, "\r\n\t:;=?<>\"(),-"u8[random.Next(14)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(30), bytes.Count - at - 1));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(80), bytes.Count - at)));
                    break;
                default:
                    bytes[at] ^= 0x20;
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Text(Random random, int max)
    {
        var text = new StringBuilder();
        for (var length = random.Next(max); length > 0; length--)
        {
            text.Append(random.Next(40) switch
            {
                0 => "ü",
                1 => "世",
                2 => "🎉",
                3 => "=?utf-8?q?",
                4 => "?=",
                5 => "\n",
                6 => "\r\n.",
                7 => "From ",
                8 => "  ",
                9 => "\"",
                10 when random.Next(20) == 0 => "\0",
                _ => ((char)random.Next(32, 127)).ToString(),
            });
        }

        return random.Next(3) == 0 ? text.ToString() : text.Replace("\r\n", string.Empty).Replace("\n", string.Empty).Replace("/", string.Empty).Replace("\\", string.Empty).ToString();
    }
}
