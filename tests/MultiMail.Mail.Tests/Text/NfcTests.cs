using System.Diagnostics;
using System.Text;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Text;

public sealed class NfcTests
{
    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("\u212B", "Å")]
    [InlineData("\u1100\u1161\u11A8", "각")]
    [InlineData("\uAC00\u11A8", "각")]
    [InlineData("a\u0323\u0307", "ạ\u0307")]
    [InlineData("a\u0307\u0323", "ạ\u0307")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("ﬁ", "ﬁ")]
    public void Composes(string text, string expected) => Assert.Equal(expected, Nfc.Of(text));

    /// <summary>Every character alone and 20,000 random strings, against Python's unicodedata.</summary>
    [Fact]
    public async Task Agrees_with_python()
    {
        const string Python = "/usr/bin/python3";
        Require.That(File.Exists(Python), "python3", "Python 3 is not installed");
        var random = new Random(3);
        var texts = Enumerable.Range(0xA0, 0x2FA20).Where(Rune.IsValid).Select(char.ConvertFromUtf32)
            .Concat(Enumerable.Range(0, 20_000).Select(_ => Random(random))).ToList();
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8 };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("import sys, unicodedata\nfor l in sys.stdin.buffer.read().decode().split('\\n'): sys.stdout.buffer.write((unicodedata.normalize('NFC', l)+'\\n').encode())");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(string.Join('\n', texts));
        process.StandardInput.Close();
        var lines = (await output).Split('\n');
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.True(lines[i] == Nfc.Of(texts[i]), string.Join(' ', texts[i].EnumerateRunes().Select(r => r.Value.ToString("X", System.Globalization.CultureInfo.InvariantCulture))));
        }
    }

    [Fact]
    public void Long_run_of_marks_is_sorted_once()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 100_000));
        Assert.StartsWith("ạ", Nfc.Of(text), StringComparison.Ordinal);
    }

    private static string Random(Random random)
    {
        int[] starts = [0x41, 0x61, 0xC0, 0x300, 0x320, 0x591, 0x930, 0x93C, 0x9BE, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x1E00, 0x1F00, 0x11099, 0x1D157, 0xF900];
        return string.Concat(Enumerable.Range(0, 6).Select(_ => char.ConvertFromUtf32(starts[random.Next(starts.Length)] + random.Next(30))));
    }
}
