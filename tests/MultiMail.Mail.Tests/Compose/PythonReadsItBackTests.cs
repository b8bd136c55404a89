using System.Diagnostics;
using System.Text.Json;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Compose;

/// <summary>Python's email package is the second opinion on what our bytes say.</summary>
public sealed class PythonReadsItBackTests
{
    private const string Script = """
        import sys, json, hashlib
        from email import policy
        from email.parser import BytesParser
        m = BytesParser(policy=policy.SMTP).parsebytes(sys.stdin.buffer.read())
        people = lambda name: [[a.display_name, a.addr_spec] for a in m[name].addresses] if m[name] else []
        leaves = [p for p in m.walk() if not p.is_multipart()]
        print(json.dumps({
            'names': [k.lower() for k in m.keys()], 'subject': str(m['subject']), 'from': people('from'), 'to': people('to'), 'cc': people('cc'),
            'id': str(m['message-id']), 'references': str(m['references'] or '').split(), 'defects': [repr(d) for p in m.walk() for d in p.defects],
            'parts': [[p.get_content_type(), p.get_filename(), hashlib.sha256(p.get_payload(decode=True)).hexdigest()] for p in leaves],
            'text': m.get_body(('plain',)).get_content() if m.get_body(('plain',)) else None,
            'html': m.get_body(('html',)).get_content() if m.get_body(('html',)) else None}))
        """;

    public static TheoryData<string, OutgoingMessage> Messages => new()
    {
        { "plain", Mail.Outgoing() },
        { "rich", ComposerTests.Rich() },
        { "html only", Mail.Outgoing() with { Text = null, Html = "<p>שלום עולם &amp; more</p>\n" } },
        { "long lines", Mail.Outgoing(string.Concat(Enumerable.Repeat("word ", 900)) + "\n.dot\nFrom x\ntrailing \n") },
        { "emoji", Mail.Outgoing("👩‍👩‍👧 e\u0301 \u202Ertl\n") with { Subject = "👩‍👩‍👧🎉 e\u0301" } },
        { "markdown", Mail.Outgoing() with { Text = null, Markdown = "# Ä\n\n| a | b |\n|---|---|\n| 1 | 2 |\n" } },
        { "reply", Mail.Outgoing() with { InReplyTo = "p@x.example", References = [.. Enumerable.Range(0, 40).Select(i => $"{i}{new string('r', 60)}@x.example")] } },
        { "many names", Mail.Outgoing() with { To = [.. Enumerable.Range(0, 50).Select(i => Mail.Address($"\"Łukasz, {i} Šimić\" <l{i}@example.org>"))] } },
        { "long word", Mail.Outgoing() with { Subject = new string('w', 300), From = Mail.Address(new string('n', 300) + " <n@example.org>") } },
        { "files", Mail.Outgoing() with { Attachments = [new OutgoingAttachment("안녕하세요 " + new string('x', 150) + ".txt", "text/plain; charset=utf-8", "a\nb\r\nc"u8.ToArray()), new OutgoingAttachment("we \"quote\" 100%.bin", "application/octet-stream", RandomBytes(5_000))] } },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Agrees_on_headers_parts_and_text(string name, OutgoingMessage message)
    {
        const string Python = "/usr/bin/python3";
        Require.That(File.Exists(Python), "python3", "Python 3 is not installed");
        var composed = MessageComposer.Compose(message);
        using var read = JsonDocument.Parse(await RunAsync(Python, composed.Wire));
        var root = read.RootElement;

        Assert.True(root.GetProperty("defects").GetArrayLength() == 0, name + root.GetProperty("defects"));
        Assert.Equal(message.Subject, root.GetProperty("subject").GetString());
        Assert.Equal(People([message.From]), People(root.GetProperty("from")));
        Assert.Equal(People(message.To), People(root.GetProperty("to")));
        Assert.Equal(People(message.Cc), People(root.GetProperty("cc")));
        Assert.Equal($"<{message.MessageIdField}>", root.GetProperty("id").GetString());
        Assert.Equal(
            composed.Parts.Select(part => (part.ContentType, part.FileName, part.Sha256)),
            root.GetProperty("parts").EnumerateArray().Select(part => (part[0].GetString()!, part[1].GetString(), part[2].GetString()!)));
        if (message.Text is not null)
        {
            Assert.Equal(message.Text.ReplaceLineEndings("\n"), root.GetProperty("text").GetString()!.ReplaceLineEndings("\n"));
        }

        var names = root.GetProperty("names").EnumerateArray().Select(item => item.GetString()).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("bcc", names);
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static List<(string, string)> People(IEnumerable<MailboxAddress> list) => [.. list.Select(a => (a.DisplayName ?? string.Empty, a.AddrSpec))];

    private static List<(string, string)> People(JsonElement list) => [.. list.EnumerateArray().Select(a => (a[0].GetString()!, a[1].GetString()!))];

    private static async Task<string> RunAsync(string python, byte[] input)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
