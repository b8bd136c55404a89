using System.Globalization;
using System.Text;

namespace MultiMail.TransparencyLog;

/// <summary>The grammar of C2SP tlog-proof.</summary>
internal static class TlogProofText
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";

    // A tree of fewer than 2^63 leaves is at most 63 levels high.
    private const int MaxHashes = 63;

    // The checkpoint has a bound of its own; this one keeps the extra data within reason.
    private const int MaxLength = 4_000_000;

    public static string Format(TlogProof proof)
    {
        var text = new StringBuilder(Header).Append('\n');
        if (!proof.Extra.IsEmpty)
        {
            text.Append(ExtraPrefix).Append(Convert.ToBase64String(proof.Extra.Span)).Append('\n');
        }

        text.Append(IndexPrefix).Append(CultureInfo.InvariantCulture, $"{proof.Index}\n");
        foreach (var hash in proof.Hashes)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        return text.Append('\n').Append(proof.CheckpointNote).ToString();
    }

    public static TlogProof? Parse(string text)
    {
        // The first blank line ends the proof; what follows is the checkpoint, verbatim.
        var blank = text.Length <= MaxLength ? text.IndexOf("\n\n", StringComparison.Ordinal) : -1;
        if (blank < 0)
        {
            return null;
        }

        var note = text[(blank + 2)..];
        var lines = new Queue<string>(text[..blank].Split('\n'));
        return lines.Dequeue() == Header
            && TryReadExtra(lines, out var extra)
            && TryReadIndex(lines, out var index)
            && TryReadHashes(lines, out var hashes)
            && UnverifiedNote.Parse(note) is { } parsed
            && Checkpoint.TryParse(parsed.Text, out _)
            ? new TlogProof(index, hashes, note, extra)
            : null;
    }

    private static bool TryReadExtra(Queue<string> lines, out byte[] extra)
    {
        extra = [];
        if (!lines.TryPeek(out var line) || !line.StartsWith(ExtraPrefix, StringComparison.Ordinal))
        {
            return true;
        }

        // Without extra data the line is left out, so an empty one is a second spelling.
        lines.Dequeue();
        return StrictText.TryDecodeBase64(line.AsSpan(ExtraPrefix.Length), out extra) && extra.Length > 0;
    }

    private static bool TryReadIndex(Queue<string> lines, out long index)
    {
        index = 0;
        return lines.TryDequeue(out var line)
            && line.StartsWith(IndexPrefix, StringComparison.Ordinal)
            && StrictText.TryParseDecimal(line.AsSpan(IndexPrefix.Length), out index);
    }

    private static bool TryReadHashes(Queue<string> lines, out Hash32[] hashes)
    {
        hashes = new Hash32[lines.Count];
        if (lines.Count > MaxHashes)
        {
            return false;
        }

        var i = 0;
        foreach (var line in lines)
        {
            if (!Hash32.TryParseBase64(line, out hashes[i++]))
            {
                return false;
            }
        }

        return true;
    }
}
