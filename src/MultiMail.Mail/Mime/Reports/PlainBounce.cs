namespace MultiMail.Mail;

/// <summary>
/// Bounces in free text: which recipients they name and with what code. Whoever writes one chooses the words, so only lines that
/// begin with an address, addresses in brackets, and status codes count.
/// </summary>
internal static class PlainBounce
{
    private const int MaxChars = 64 * 1024;
    private const int MaxRecipients = 100;

    private static readonly string[] ReturnedFields = ["Received:", "Return-Path:", "Message-ID:", "DKIM-Signature:", "MIME-Version:"];

    /// <param name="failed">The field X-Failed-Recipients, which Exim and Gmail set.</param>
    /// <returns>Empty when no status code stands in the text: then it is no bounce.</returns>
    public static IReadOnlyList<ReportedRecipient> Recipients(string text, string? failed)
    {
        var notice = Notice(text);
        var embedded = FieldBlocks.Parse(string.Join('\n', notice)).Select(ReportRecipient.OfStatus).OfType<ReportedRecipient>().Take(MaxRecipients).ToList();
        if (embedded.Count > 0)
        {
            return embedded;
        }

        var first = Verdict.First(notice);
        if (first is null)
        {
            return [];
        }

        var segments = Segments(notice);
        var addresses = Known(failed, segments, notice);
        return addresses.Count == 0
            ? [first.For(null)]
            : [.. addresses.Take(MaxRecipients).Select(address => (OwnVerdict(address, segments, notice) ?? first).For(address))];
    }

    /// <summary>The lines before the message that is given back.</summary>
    private static List<string> Notice(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.AsSpan(0, Math.Min(text.Length, MaxChars)).EnumerateLines())
        {
            if (lines.Count > 0 && IsReturned(line))
            {
                break;
            }

            lines.Add(line.ToString());
        }

        return lines;
    }

    private static bool IsReturned(ReadOnlySpan<char> line)
    {
        foreach (var name in ReturnedFields)
        {
            if (line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Each address that begins a line, with the lines until the next one.</summary>
    private static List<(string Address, List<string> Lines)> Segments(List<string> notice)
    {
        var segments = new List<(string Address, List<string> Lines)>();
        foreach (var line in notice)
        {
            if (segments.Count < MaxRecipients && NamedAddress.Leading(line) is { } address)
            {
                segments.Add((address, []));
            }

            if (segments.Count > 0)
            {
                segments[^1].Lines.Add(line);
            }
        }

        return segments;
    }

    private static List<string> Known(string? failed, List<(string Address, List<string> Lines)> segments, List<string> notice)
    {
        IEnumerable<string> named = MailboxAddress.TryParseList([failed ?? string.Empty], out var list, out _) || list.Count > 0
            ? list.Select(address => address.AddrSpec)
            : segments.Select(segment => segment.Address);
        var addresses = named.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return addresses.Count > 0 ? addresses : [.. NamedAddress.Anywhere(notice).Take(1)];
    }

    private static Verdict? OwnVerdict(string address, List<(string Address, List<string> Lines)> segments, List<string> notice)
    {
        foreach (var (_, lines) in segments.Where(segment => Same(segment.Address, address)))
        {
            if (Verdict.First(lines) is { } verdict)
            {
                return verdict;
            }
        }

        return Verdict.First([.. notice.Where(line => line.Contains(address, StringComparison.OrdinalIgnoreCase))]);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A status code and the words around it.</summary>
    private sealed record Verdict(string Status, string Words)
    {
        public static Verdict? First(List<string> lines)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                if (Code(lines[i]) is { } status)
                {
                    var words = lines.Skip(i).TakeWhile(line => !string.IsNullOrWhiteSpace(line)).Take(5);
                    return new Verdict(status, ReportRecipient.Cut(string.Join(' ', words)));
                }
            }

            return null;
        }

        public ReportedRecipient For(string? address) =>
            new(address, Status[0] == '5' ? RecipientAction.Failed : RecipientAction.Delayed, Status, Words);

        private static string? Code(string line)
        {
            var enhanced = StatusCode.Enhanced(line);
            return enhanced is not null && enhanced[0] != '2'
                ? enhanced
                : StatusCode.Reply(line) is { } reply ? StatusCode.OfReply(reply) : null;
        }
    }
}
