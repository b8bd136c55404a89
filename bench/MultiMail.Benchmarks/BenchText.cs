namespace MultiMail.Benchmarks;

/// <summary>The text that every measurement sends: 1 KB of ASCII in lines of mail length.</summary>
internal static class BenchText
{
    private const string Line = "The quick brown fox jumps over the lazy dog, again and again.";

    public static string OneKilobyte { get; } = string.Join('\n', Enumerable.Repeat(Line, 1024 / (Line.Length + 1) + 1))[..1024];
}
