namespace MultiMail.Mail;

/// <summary>
/// A received message as read leniently from its raw bytes. All text in it was written by a stranger; what could not be read
/// as the standards have it is named in <see cref="Defects"/>. Strings hold no NUL and no half surrogate pairs.
/// </summary>
public sealed record ReadMessage
{
    /// <summary>The first author; null when there is none.</summary>
    public MailboxAddressText? From => Authors.Count > 0 ? Authors[0] : null;

    /// <summary>All of From: more than one is a defect (<c>several_from</c>).</summary>
    public IReadOnlyList<MailboxAddressText> Authors { get; init; } = [];

    public IReadOnlyList<MailboxAddressText> To { get; init; } = [];

    public IReadOnlyList<MailboxAddressText> Cc { get; init; } = [];

    public IReadOnlyList<MailboxAddressText> ReplyTo { get; init; } = [];

    /// <summary>Decoded; empty when missing.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>What the sender claims; messages are ordered by when they were received.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Message-ID without brackets.</summary>
    public string? MessageIdField { get; init; }

    /// <summary>The first id of In-Reply-To, without brackets.</summary>
    public string? InReplyTo { get; init; }

    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>
    /// What an agent is shown, LF line ends: the last understood alternative, inline parts joined; of HTML the visible text.
    /// </summary>
    public string TextBody { get; init; } = string.Empty;

    /// <summary>
    /// <see cref="TextBody"/> without the message that is answered below it and without the signature; the same where nothing is quoted,
    /// where answers stand between quoted lines, where a message is passed on, and where nothing else would be left.
    /// </summary>
    public string Trimmed { get; init; } = string.Empty;

    /// <summary>Characters of <see cref="TextBody"/> that <see cref="Trimmed"/> leaves out.</summary>
    public int QuotedChars => TextBody.Length - Trimmed.Length;

    /// <summary><see cref="TextBody"/> with its structure; null unless it was asked for.</summary>
    public MarkedText? Marked { get; init; }

    /// <summary>The text/plain leaves that are no attachments, joined with LF; null when there are none.</summary>
    public string? PlainText { get; init; }

    /// <summary>The text/html leaves that are no attachments, decoded source; never to be shown without <see cref="HtmlPreview"/>.</summary>
    public string? Html { get; init; }

    /// <summary>The plain text says something materially different from the visible HTML.</summary>
    public bool TextDiffersFromHtml { get; init; }

    /// <summary>Sent by a machine (RFC 3834 §2, list and bulk mail): never to be answered automatically.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>What this message reports about an earlier one; null when it is no report.</summary>
    public DeliveryReport? Report { get; init; }

    /// <summary>Events of the calendar parts, at most 20; the parts themselves are among the attachments.</summary>
    public IReadOnlyList<CalendarEvent> Events { get; init; } = [];

    public IReadOnlyList<ReadAttachment> Attachments { get; init; } = [];

    public HiddenText HiddenText { get; init; } = new(0, null);

    public IReadOnlyList<LinkFound> Links { get; init; } = [];

    /// <summary>Fields in their order, the Content- fields last, values decoded and cut at 2,000 characters, at most 500 fields.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public MessageShape Shape { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>Stable snake_case words, each once.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>First value of a field, without regard to case; null when it is missing.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>An address as somebody wrote it.</summary>
/// <param name="DisplayName">Decoded; null when there is none. A stranger's words.</param>
/// <param name="Address">As received; may be no address at all.</param>
/// <param name="Mailbox">The same, when it passes the strict grammar; without the display name.</param>
public sealed record MailboxAddressText(string? DisplayName, string Address, MailboxAddress? Mailbox)
{
    /// <summary>The validated addr-spec, or null.</summary>
    public string? AddrSpec => Mailbox?.AddrSpec;
}

/// <summary>Text that a person who looks at the HTML does not see.</summary>
/// <param name="Chars">Characters removed, blanks not counted.</param>
/// <param name="SampleSha256">Lower-case hex over the first 1,000 removed characters in UTF-8; null when nothing was removed.</param>
/// <param name="Text">The removed text, cut at 10,000 characters: for a reader who asks for it, marked as untrusted.</param>
public sealed record HiddenText(int Chars, string? SampleSha256, string Text = "");

/// <summary>Where a link leads and what it says.</summary>
/// <param name="Host">Host as A-labels; empty when the target names none.</param>
/// <param name="Target">As written, cut at 2,000 characters.</param>
/// <param name="Text">What the reader sees, cut at 200 characters.</param>
/// <param name="TextNamesAnotherHost">The text looks like an address of another host than the one it leads to.</param>
public sealed record LinkFound(string Host, string Target, string Text, bool TextNamesAnotherHost)
{
    /// <summary>The host as people read it; differs from <see cref="Host"/> for international names only.</summary>
    public string DisplayHost { get; init; } = Host;

    /// <summary>A label mixes scripts that look alike, such as Latin and Cyrillic.</summary>
    public bool MixedScript { get; init; }
}
