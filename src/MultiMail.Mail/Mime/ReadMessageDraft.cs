namespace MultiMail.Mail;

/// <summary>What the body reader found, on its way into the record.</summary>
internal sealed class ReadMessageDraft
{
    public string TextBody { get; set; } = string.Empty;

    public string Trimmed { get; set; } = string.Empty;

    public MarkedText? Marked { get; set; }

    public string? PlainText { get; set; }

    public string? Html { get; set; }

    public HiddenText HiddenText { get; set; } = new(0, null);

    public IReadOnlyList<LinkFound> Links { get; set; } = [];

    public bool TextDiffers { get; set; }

    public List<string> Defects { get; } = [];
}
