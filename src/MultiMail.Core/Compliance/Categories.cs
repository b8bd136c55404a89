namespace MultiMail.Core.Compliance;

/// <summary>What kind of mail a message is (docs/compliance.md).</summary>
internal static class Categories
{
    public const string Unclassified = "unclassified";
    public const string Conversational = "conversational";
    public const string Transactional = "transactional";
    public const string Commercial = "commercial";

    /// <summary>The declared category; without one an answer to who wrote is conversation, and everything else is not known.</summary>
    /// <param name="authors">Who an answer to the parent goes to.</param>
    public static string Effective(string? declared, Message? parent, IReadOnlyList<EnvelopeRecipient> envelope, IReadOnlyList<string> authors) =>
        declared ?? (AnswersItsAuthor(parent, envelope, authors) ? Conversational : Unclassified);

    /// <inheritdoc cref="Effective(string?, Message?, IReadOnlyList{EnvelopeRecipient}, IReadOnlyList{string})"/>
    public static string Effective(CheckedSubmission wanted) => Effective(wanted.Category, wanted.Parent, wanted.Envelope, wanted.ParentAuthors);

    /// <summary>Mail of this category must say who sends it and how to get no more of it.</summary>
    public static bool NeedsFooter(string category) => category is Unclassified or Commercial;

    /// <summary>An answer that its author gets: he knows what it is about. About whoever is new in it a person is asked (<see cref="Rules.CategoryReview"/>).</summary>
    public static bool AnswersItsAuthor(Message? parent, IReadOnlyList<EnvelopeRecipient> envelope, IReadOnlyList<string> authors) =>
        parent is { Direction: Direction.Inbound } && envelope.Any(r => authors.Contains(r.Address.AddrSpec, StringComparer.OrdinalIgnoreCase));
}
