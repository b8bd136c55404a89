namespace MultiMail.Mail;

/// <summary>Events of a text/calendar part; alarms, time zones and everything else in it are passed over.</summary>
internal static class CalendarReader
{
    public const int MaxEvents = 20;
    private const int MaxBytes = 256 * 1024;
    private const int MaxText = 500;

    /// <param name="content">The part after transfer decoding.</param>
    /// <param name="charset">As declared; UTF-8 by default (RFC 5545 §3.1.4).</param>
    /// <param name="method">Parameter of the content type, for calendars that do not say it themselves.</param>
    public static IReadOnlyList<CalendarEvent> Read(ReadOnlySpan<byte> content, string? charset, string? method)
    {
        var text = BodyText.Decode(content[..Math.Min(content.Length, MaxBytes)], charset, html: false);
        var asked = Word(method);
        var events = new List<CalendarEvent>();
        var inside = new Stack<string>();
        CalendarEvent? open = null;
        foreach (var line in CalendarLine.Of(text))
        {
            var isOwn = inside.Count > 0 && inside.Peek() == "VEVENT";
            switch (line.Name)
            {
                case "BEGIN" when inside.Count < 10:
                    inside.Push(line.Value.Trim().ToUpperInvariant());
                    open = inside.Peek() == "VEVENT" ? new CalendarEvent() : open;
                    break;
                case "END" when inside.Count > 0:
                    if (isOwn && open is not null && events.Count < MaxEvents)
                    {
                        events.Add(open);
                    }

                    inside.Pop();
                    break;
                case "METHOD" when !isOwn:
                    asked = Word(line.Value) ?? asked;
                    break;
                default:
                    open = isOwn && open is not null ? With(open, line) : open;
                    break;
            }
        }

        return [.. events.Select(item => item with { Method = asked })];
    }

    private static CalendarEvent With(CalendarEvent item, CalendarLine line) => line.Name switch
    {
        "SUMMARY" => item with { Summary = item.Summary ?? Line(line) },
        "LOCATION" => item with { Location = item.Location ?? Line(line) },
        "UID" => item with { Uid = item.Uid ?? Line(line) },
        "DTSTART" => item with { Start = item.Start ?? CalendarTime.Read(line) },
        "DTEND" => item with { End = item.End ?? CalendarTime.Read(line) },
        "ORGANIZER" => item with { Organizer = item.Organizer ?? Address(line.Value) },
        _ => item,
    };

    private static string? Line(CalendarLine line)
    {
        var text = Blanks.Collapse(line.Text());
        return text.Length == 0 ? null : BodyText.Clean(text.Length > MaxText ? text[..MaxText] : text);
    }

    private static string? Address(string value)
    {
        const string Scheme = "mailto:";
        var text = value.Trim();
        text = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text;
        return MailboxAddress.TryParse(text, out var address, out _) ? address.AddrSpec : null;
    }

    private static string? Word(string? text) =>
        text?.Trim().ToUpperInvariant() is { Length: > 0 and <= 20 } word && Atoms.IsToken(word) ? word : null;
}
