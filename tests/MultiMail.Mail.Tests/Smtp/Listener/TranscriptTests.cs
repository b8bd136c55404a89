using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Smtp.Listener;

/// <summary>Dialogues as a client leads them, each packet sent whole and octet by octet: the outcome is the same.</summary>
public sealed class TranscriptTests
{
    private const string Hello = "EHLO client.example\r\n";
    private const string From = "MAIL FROM:<a@client.example>\r\n";
    private const string To = "RCPT TO:<bo@agents.example>\r\n";

    public static TheoryData<string, string[], string> Dialogues => new()
    {
        { "a mail", [Hello, "MAIL FROM:<a@client.example> SIZE=20 BODY=8BITMIME\r\n", To, "DATA\r\n", "Subject: x\r\n\r\nhi\r\n.\r\n", "QUIT\r\n"], "220 250 250 250 354 250 221" },
        { "a pipelined mail", [Hello, From + To + "DATA\r\n", "hi\r\n.\r\nQUIT\r\n"], "220 250 250 250 354 250 221" },
        { "two mails", [Hello, From, To, "DATA\r\n", "one\r\n.\r\n" + From + To + "DATA\r\n", ".\r\n", "QUIT\r\n"], "220 250 250 250 354 250 250 250 354 250 221" },
        { "HELO", ["HELO client\r\n", From, To, "DATA\r\n", "x\r\n.\r\n"], "220 250 250 250 354 250" },
        { "lower case and blanks", ["ehlo client.example  \r\n", "mail from: <a@client.example>\r\n", "rcpt to:<bo@agents.example>\r\n", "data\r\n", ".\r\n", "quit\r\n"], "220 250 250 250 354 250 221" },
        { "null path", [Hello, "MAIL FROM:<>\r\n", To, "DATA\r\n", "x\r\n.\r\n"], "220 250 250 250 354 250" },
        { "postmaster", [Hello, From, "RCPT TO:<Postmaster>\r\n"], "220 250 250 250" },
        { "out of order", [From, Hello, To, "DATA\r\n", From, From, "DATA\r\n", To], "220 503 250 503 503 250 503 554 250" },
        { "reset", [Hello, From, To, "RSET\r\n", "DATA\r\n", From], "220 250 250 250 250 503 250" },
        { "hello resets", [Hello, From, Hello, To], "220 250 250 250 503" },
        { "no such mailbox, no relay", [Hello, From, "RCPT TO:<nobody@agents.example>\r\n", "RCPT TO:<x@elsewhere.example>\r\n", "DATA\r\n"], "220 250 250 550 554 554" },
        { "others", [Hello, "NOOP\r\n", "NOOP x\r\n", "VRFY bo\r\n", "EXPN x\r\n", "HELP\r\n", "AUTH PLAIN AAAA\r\n", "STARTTLS\r\n", "XYZZY\r\n", "\r\n"], "220 250 250 250 252 502 214 502 502 500 500" },
        { "bad hello", ["EHLO\r\n", "EHLO a b\r\n", "HELO a<b\r\n", "EHLO [192.0.2.1]\r\n"], "220 501 501 501 250" },
        { "bad parameters", [Hello, "MAIL FROM:<a@b.example> SMTPUTF8\r\n", "MAIL FROM:<a@b.example> SIZE=1 SIZE=2\r\n", "MAIL FROM:<a@b.example> SIZE=x\r\n", "MAIL FROM:<a@b.example> BODY=BINARYMIME\r\n", "MAIL FROM:<a@b.example> SIZE=99999999999999999999\r\n", From, "RCPT TO:<bo@agents.example> NOTIFY=NEVER\r\n"], "220 250 555 501 501 501 552 250 555" },
        { "parameters without EHLO", ["HELO client\r\n", "MAIL FROM:<a@b.example> SIZE=1\r\n"], "220 250 555" },
        { "bad paths", [Hello, "MAIL FROM:a@b.example\r\n", "MAIL FROM:<a@b.example\r\n", "MAIL FROM:<\"a b\"@b.example>\r\n", "MAIL FROM:<a@[192.0.2.1]>\r\n", "MAIL FROM:<@x.example:a@b.example>\r\n", "MAIL FROM:<a@b.example>x\r\n", From, "RCPT TO:<\"bo\"@agents.example>\r\n", "RCPT TO:<>\r\n", "RCPT TO:<bo>\r\n"], "220 250 501 501 553 553 553 501 250 553 553 553" },
        { "control characters and octets above 126", [Hello, "NOOP \0\r\n", "NOOP \t\r\n", "NOOP \u00e9\r\n"], "220 250 500 500 500" },
        { "a browser", ["POST / HTTP/1.1\r\n"], "220 421" },
        { "bare LF in a command", [Hello, "NOOP\nNOOP\r\n"], "220 250 421" },
        { "bare CR in a command", [Hello, "NOOP\rNOOP\r\n"], "220 250 421" },
        { "bare LF in a message", [Hello, From, To, "DATA\r\n", "a\n.\nb\r\n.\r\n", "NOOP\r\n"], "220 250 250 250 354 550 250" },
        { "dots", [Hello, From, To, "DATA\r\n", "..\r\n.x\r\n...\r\n.\r\n"], "220 250 250 250 354 250" },
    };

    [Theory]
    [MemberData(nameof(Dialogues))]
    public void Answers_are_the_same_however_the_octets_come(string name, string[] packets, string codes)
    {
        Assert.NotEmpty(name);
        var (said, taken) = Run(packets, byteByByte: false);
        Assert.Equal(codes, string.Join(' ', said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(l => l[3] == ' ').Select(l => l[..3])));
        var (saidSlowly, takenSlowly) = Run(packets, byteByByte: true);
        Assert.Equal(said, saidSlowly);
        Assert.Equal(taken, takenSlowly);
    }

    [Fact]
    public void A_message_arrives_as_it_was_sent()
    {
        var talk = Talk.AtData();
        talk.Send("DATA\r\n", "Subject: x\r\n\r\n..\r\n.x\r\n\u00e9\0\r\n.\r\n");
        var (envelope, message) = Assert.Single(talk.Mailroom.Taken);
        Assert.Equal("Subject: x\r\n\r\n.\r\nx\r\n\u00e9\0\r\n", message);
        Assert.Equal(("192.0.2.7", "client.example", "a@client.example", false), (envelope.Client.ToString(), envelope.Helo, envelope.ReturnPath, envelope.Tls));
        Assert.Equal(["bo@agents.example"], envelope.Recipients);
    }

    [Fact]
    public void What_is_offered_is_what_is_done()
    {
        var talk = Talk.Start();
        talk.Said();
        Assert.Equal(
            $"250-{Talk.Name}\r\n250-PIPELINING\r\n250-SIZE 26214400\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n", talk.Send("EHLO client.example\r\n"));
    }

    [Fact]
    public void No_reply_repeats_a_word_of_the_client()
    {
        const string Canary = "canary7x";
        var talk = Talk.Start();
        var said = talk.Said() + talk.Send(
            $"{Canary}\r\n", $"EHLO {Canary}.example\r\n", $"NOOP {Canary}\r\n", $"VRFY {Canary}\r\n", $"HELP {Canary}\r\n", $"MAIL FROM:<{Canary}>\r\n", $"MAIL FROM:<{Canary}@b.example> {Canary}=1\r\n",
            $"MAIL FROM:<{Canary}@b.example>\r\n", $"RCPT TO:<no{Canary}@agents.example>\r\n", $"RCPT TO:<{Canary}@agents.example>\r\n", "DATA\r\n", $"{Canary}\r\n.\r\n");
        Assert.Contains("250 2.0.0 OK mail1", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_real_servers_say_is_harmless_from_a_client()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("MULTIMAIL_MAIL_CORPUS") ?? string.Empty, "_aux", "smtp-transcripts");
        Require.That(Directory.Exists(folder), "mail-corpus", "MULTIMAIL_MAIL_CORPUS names no folder with transcripts");
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            var text = await File.ReadAllTextAsync(file);
            var crlf = text.ReplaceLineEndings("\r\n");
            var (said, taken) = Run([crlf], byteByByte: false);
            Assert.Equal((said, taken), Run([crlf], byteByByte: true));
            Assert.Empty(taken);
            Assert.All(said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1), line => Assert.StartsWith("500 ", line, StringComparison.Ordinal));
            Assert.Contains("421 4.5.2", Run([text.ReplaceLineEndings("\n")], byteByByte: true).Said, StringComparison.Ordinal);
        }
    }

    private static (string Said, string Taken) Run(string[] packets, bool byteByByte)
    {
        var talk = Talk.Start(byteByByte: byteByByte);
        var said = talk.Said() + talk.Send(packets);
        return (said, string.Join("\n--\n", talk.Mailroom.Taken.Select(t => t.Message)));
    }
}
