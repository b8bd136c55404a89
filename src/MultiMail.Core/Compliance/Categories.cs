namespace MultiMail.Core.Compliance;

/// <summary>What kind of mail a message is (docs/compliance.md).</summary>
internal static class Categories
{
    public const string Unclassified = "unclassified";
    public const string Conversational = "conversational";
    public const string Transactional = "transactional";
    public const string Commercial = "commercial";

    /// <summary>The declared category; without one an answer to who wrote is conversation, and everything else is not known.</summary>
    public static string Effective(CheckedSubmission wanted) => wanted.Category ?? (AnswersItsAuthor(wanted) ? Conversational : Unclassified);

    /// <summary>Mail of this category must say who sends it and how to get no more of it.</summary>
    public static bool NeedsFooter(string category) => category is Unclassified or Commercial;

    private static bool AnswersItsAuthor(CheckedSubmission wanted) =>
        wanted is { Parent.Direction: Direction.Inbound, Envelope: [var only] } &&
        wanted.ParentAuthors.Contains(only.Address.AddrSpec, StringComparer.OrdinalIgnoreCase);
}
