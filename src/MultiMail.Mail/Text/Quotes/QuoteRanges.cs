namespace MultiMail.Mail;

/// <summary>Where a text made from HTML holds what the elements say is quoted. Positions in the text.</summary>
/// <param name="Quotes">Quotations of the message that is answered.</param>
/// <param name="Blocks">Elements that may be one, or somebody's own quotation of anything.</param>
/// <param name="Cuts">Where the earlier message begins; it reaches to the end.</param>
internal sealed record QuoteRanges(IReadOnlyList<(int Start, int End)> Quotes, IReadOnlyList<(int Start, int End)> Blocks, IReadOnlyList<int> Cuts)
{
    public static QuoteRanges None { get; } = new([], [], []);
}
