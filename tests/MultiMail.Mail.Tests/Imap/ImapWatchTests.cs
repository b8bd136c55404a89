using System.Text;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests;

/// <summary>What the guard lets through, whole and octet by octet, and what it ends.</summary>
public sealed class ImapWatchTests
{
    private static readonly ImapLimits Small = new(Depth: 5, Line: 200, Literal: 50, PerCommand: 1_000);

    public static TheoryData<string> Transcripts
    {
        get
        {
            var corpus = Environment.GetEnvironmentVariable("MULTIMAIL_MAIL_CORPUS");
            var folder = corpus is null ? null : Path.Combine(corpus, "_aux", "imap-transcripts");
            return folder is null || !Directory.Exists(folder)
                ? [string.Empty]
                : [.. Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void Answers_of_real_servers_pass(string file)
    {
        Require.That(file.Length > 0, "mailcorpus", "MULTIMAIL_MAIL_CORPUS names no folder with _aux/imap-transcripts");
        var bytes = File.ReadAllBytes(file);
        new ImapWatch(ImapLimits.Default).Feed(bytes);
        OctetByOctet(new ImapWatch(ImapLimits.Default), bytes);
    }

    [Theory]
    [InlineData("* OK ready\r\n* PREAUTH hello (((((((( it's \"fun\r\nA1 OK done {5}\r\n* 1 EXISTS\r\n")]
    [InlineData("* LIST (\\HasNoChildren) \"/\" {8}\r\na\"b(((((\r\n* LIST () NIL \"((((((((\\\"x\\\\\"\r\n")]
    [InlineData("* 1 FETCH (UID 5 FLAGS (\\Seen) BODY[] {6}\r\n((((((\r\n FLAGS ())\r\n* 2 FETCH (BODY[] ~{3+}\r\n\"((\r\n)\r\n")]
    [InlineData("* 1 FETCH (ENVELOPE (\"a\"b\" NIL))\r\n+ go {9}\r\n[UIDNEXT 5]\r\n")]
    [InlineData("* OK [PERMANENTFLAGS (\\Answered \\*)] ok\r\n* NO [BADCHARSET (\"utf-8\")] no\r\n")]
    [InlineData("* 1 FETCH (((( BODY[] {0}\r\n))))\r\n* 2 FETCH (((((\r\n* 3 FETCH (((((\r\n")]
    public void What_a_server_may_say_passes(string said)
    {
        new ImapWatch(Small).Feed(Encoding.ASCII.GetBytes(said));
        OctetByOctet(new ImapWatch(Small), Encoding.ASCII.GetBytes(said));
    }

    [Theory]
    [InlineData("* 1 FETCH (BODYSTRUCTURE (((((")] // one too deep
    [InlineData("* 1 FETCH (BODY[] {51}\r\n")]
    [InlineData("* 1 FETCH (BODY[] {99999999999999999999999}\r\n")]
    [InlineData("* 1 FETCH (BODY[] {-1}\r\n")]
    [InlineData("* 1 FETCH (BODY[] {}\r\n")]
    [InlineData("* 1 FETCH (BODY[] {5} x\r\n")]
    [InlineData("* 1 FETCH (BODY[] {5\r\n")]
    [InlineData("* 1 FETCH (X \"a\r\nb\" ")] // MailKit reads on in the next line
    [InlineData("* OK [FOO \"a\r\n")]
    [InlineData("* OK [FOO {20}\r\n")] // MailKit would read the literal as tokens
    [InlineData("* OK {20}\r\n")]
    [InlineData("* OK \"a\r\n")]
    [InlineData("A1 NO [X {3}\r\n")]
    [InlineData("[X {3}\r\n")]
    [InlineData("* OK [FOO {20}\r\n] x\r\n* 1 FETCH (BODYSTRUCTURE ((((((")]
    public void What_could_hide_a_list_ends_the_connection(string said)
    {
        var bytes = Encoding.ASCII.GetBytes(said);
        Assert.Throws<ImapGuardException>(() => new ImapWatch(Small).Feed(bytes));
        Assert.Throws<ImapGuardException>(() => OctetByOctet(new ImapWatch(Small), bytes));
    }

    [Fact]
    public void A_line_ends_at_its_limit_and_a_literal_begins_a_new_part()
    {
        var fits = "* " + new string('x', 197) + "\n"; // 200 octets
        new ImapWatch(Small).Feed(Encoding.ASCII.GetBytes(fits + fits));
        Assert.Throws<ImapGuardException>(() => new ImapWatch(Small).Feed(Encoding.ASCII.GetBytes("x" + fits)));
        var part = "* 1 FETCH (" + new string('x', 150) + " {2}\r\nab";
        new ImapWatch(Small).Feed(Encoding.ASCII.GetBytes(part + part[2..]));
    }

    [Fact]
    public void The_last_refusal_is_remembered()
    {
        var watch = new ImapWatch(Small);
        OctetByOctet(watch, "* 1 EXISTS\r\nA1 NO [UNAVAILABLE] later\r\n* 2 EXISTS\r\n"u8.ToArray());
        Assert.Equal("A1 NO [UNAVAILABLE] later", watch.LastStatus);
        Assert.True(ImapRefusal.IsTemporary(watch.LastStatus));
        Assert.False(ImapRefusal.IsTemporary("A1 NO [AUTHENTICATIONFAILED] Temporary madness"));
    }

    [Fact]
    public void Random_bytes_never_do_more_than_end_the_connection()
    {
        var random = new Random(7);
        var words = new[] { "* ", "OK ", "[", "]", "(", ")", "\"", "\\", "{3}", "{", "\r\n", "FETCH ", "1 ", "A1 ", "+", "x" };
        for (var run = 0; run < 5_000; run++)
        {
            var said = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 30).Select(_ => words[random.Next(words.Length)])));
            Assert.Equal(Passes(w => w.Feed(said)), Passes(w => OctetByOctet(w, said)));
        }
    }

    private static bool Passes(Action<ImapWatch> feed)
    {
        try
        {
            feed(new ImapWatch(Small));
            return true;
        }
        catch (ImapGuardException)
        {
            return false;
        }
    }

    private static void OctetByOctet(ImapWatch watch, byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            watch.Feed(bytes.AsSpan(i, 1));
        }
    }
}
