using System.Diagnostics;
using MultiMail.Benchmarks.Mail;

namespace MultiMail.Mail.Tests.Foreign;

/// <summary>What independent parsers agree on is what we read, and what we write is what they read.</summary>
public sealed class ForeignCorpusTests
{
    // Processor time of this thread alone would be exact; the fastest of three readings is near it on a busy machine.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Our_reading_is_the_one_that_independent_parsers_agree_on()
    {
        var corpus = ForeignTools.Corpus();
        var output = Directory.CreateTempSubdirectory("multimail-corpus-");
        try
        {
            foreach (var file in await MailFiles.OfManifestAsync(Path.Combine(corpus, "manifest.json")))
            {
                var read = MessageReader.Read(file.Raw);
                Assert.False(read.Defects.Contains("unparsable"), file.Id);
                await File.WriteAllTextAsync(Path.Combine(output.FullName, file.Id + ".json"), ParsedForm.Of(read).Json(), TestContext.Current.CancellationToken);
            }

            var score = await ForeignTools.RunAsync("score.py", output.FullName, "--consensus", Path.Combine(corpus, "consensus.json"), "--fail-under", "99.9,95");
            Assert.Contains("ALL", score, StringComparison.Ordinal);
            Assert.Contains(" 0 failed", await ForeignTools.RunAsync("truth_check.py", output.FullName), StringComparison.Ordinal);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task No_message_takes_longer_than_a_fifth_of_a_second()
    {
        foreach (var file in await MailFiles.OfManifestAsync(Path.Combine(ForeignTools.Corpus(), "manifest.json")))
        {
            var fastest = Enumerable.Range(0, 3).Min(_ => Measure(file.Raw));
            Assert.True(fastest < Longest, $"{file.Id}: {fastest}");
        }
    }

    [Fact]
    public async Task Independent_parsers_read_back_what_we_compose()
    {
        var output = Directory.CreateTempSubdirectory("multimail-composed-");
        try
        {
            var file = Path.Combine(ForeignTools.Corpus(), "composer-specs.json");
            foreach (var given in Specification.List(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)))
            {
                await File.WriteAllBytesAsync(Path.Combine(output.FullName, given.Id + ".eml"), given.Compose(), TestContext.Current.CancellationToken);
            }

            Assert.Contains(" 0 failed", await ForeignTools.RunAsync("check_composer.py", output.FullName, "--specs", file, "--all"), StringComparison.Ordinal);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    private static TimeSpan Measure(byte[] raw)
    {
        var watch = Stopwatch.StartNew();
        _ = MessageReader.Read(raw);
        return watch.Elapsed;
    }
}
