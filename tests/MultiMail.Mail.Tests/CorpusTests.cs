using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests;

public sealed class CorpusTests
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() }, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static string Folder => Path.Combine(Repository.Root, "tests", "corpus");

    public static TheoryData<string> Own => [.. Directory.EnumerateFiles(Folder, "*.eml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Each message with its <c>.json</c> beside it, with LF and with CRLF.</summary>
    [Theory]
    [MemberData(nameof(Own))]
    public void Own_message_reads_as_its_description_says(string name)
    {
        var file = Path.Combine(Folder, name + ".json");
        var (lf, crlf) = LineEnds(File.ReadAllBytes(Path.Combine(Folder, name + ".eml")));
        var described = Describe(MessageReader.Read(lf));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, described);
        }

        Assert.True(File.Exists(file), $"{name}.json is missing");
        Assert.Equal(File.ReadAllText(file), described);
        Assert.Equal(described, Describe(MessageReader.Read(crlf)));
    }

    /// <summary>Messages of other people, which are not part of this project.</summary>
    [Fact]
    public void Foreign_corpus_is_read_without_a_throw()
    {
        var folder = Environment.GetEnvironmentVariable("MULTIMAIL_MAIL_CORPUS");
        Require.That(Directory.Exists(folder), "mail-corpus", "MULTIMAIL_MAIL_CORPUS names no folder");
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(folder!, "*.eml", SearchOption.AllDirectories))
        {
            var (lf, crlf) = LineEnds(File.ReadAllBytes(file));
            foreach (var raw in new[] { lf, crlf })
            {
                var read = MessageReader.Read(raw);
                Assert.False(read.Defects.Contains("unparsable"), file);
                Assert.True(Surrogates.AreWhole(read.TextBody), file);
            }

            count++;
        }

        Assert.True(count > 0, "the corpus has no .eml file");
    }

    /// <summary>Cut after any octet a message is still read, and so is its report, its reply and its preview.</summary>
    [Theory]
    [MemberData(nameof(Own))]
    public void Own_message_cut_anywhere_is_read(string name)
    {
        var raw = File.ReadAllBytes(Path.Combine(Folder, name + ".eml"));
        for (var length = 0; length < raw.Length; length++)
        {
            var read = MessageReader.Read(raw.AsMemory(0, length));
            Assert.False(read.Defects.Contains("unparsable"), $"{length}");
            Assert.True(Surrogates.AreWhole(read.TextBody) && read.TextBody.StartsWith(read.Trimmed, StringComparison.Ordinal), $"{length}");
        }
    }

    private static (byte[] Lf, byte[] Crlf) LineEnds(byte[] raw)
    {
        var lf = Encoding.Latin1.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal);
        return (Encoding.Latin1.GetBytes(lf), Encoding.Latin1.GetBytes(lf.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    private static string Describe(ReadMessage read) => JsonSerializer.Serialize(
        new
        {
            from = read.Authors.Select(a => $"{a.DisplayName}|{a.AddrSpec}"),
            to = read.To.Select(a => $"{a.DisplayName}|{a.AddrSpec}"),
            subject = read.Subject,
            references = read.References,
            text = read.TextBody,
            trimmed = read.QuotedChars == 0 ? null : read.Trimmed,
            differs = read.TextDiffersFromHtml,
            hidden = read.HiddenText.Chars,
            links = read.Links.Select(l => $"{l.Host}|{l.Text}|{l.TextNamesAnotherHost}"),
            attachments = read.Attachments.Select(a => $"{a.PartIndex}|{a.FileName}|{a.ContentType}" + (a.Message is { } inner ? $"|{inner.From?.Address}|{inner.Subject}" : string.Empty)),
            events = read.Events,
            report = read.Report,
            automatic = read.IsAutomatic,
            defects = read.Defects,
        },
        Json) + "\n";
}
