namespace MultiMail.Core.Compliance.Disclosure;

/// <param name="Language">RFC 5646 tag of the text.</param>
internal sealed record DisclosureLine(string Language, string Text);

/// <summary>What a message must say of who wrote it.</summary>
/// <param name="Needed">The line must be there: a machine asks for none, nor does a person's own mail.</param>
/// <param name="Lines">What stands at the top, one line for each language; null = in whatever language, for mail that was written earlier.</param>
/// <param name="OperatorName">Whom the line names beside the agent.</param>
internal sealed record DisclosureExpectation(Authorship Author, bool Needed, IReadOnlyList<DisclosureLine>? Lines, string OperatorName)
{
    /// <summary>Of what is not sent: it says nothing yet.</summary>
    public static DisclosureExpectation None { get; } = new(Authorship.Person, Needed: false, [], string.Empty);

    /// <summary>The line for this message: in its own language, and in English too where that one is not known.</summary>
    public static DisclosureExpectation For(Authorship author, bool machinesOnly, IReadOnlyList<string> languages, string agent, string person, bool reviewed)
    {
        var needed = author is not Authorship.Person && !machinesOnly;
        return new DisclosureExpectation(author, needed, needed ? [.. languages.Select(Line)] : [], person);

        DisclosureLine Line(string language)
        {
            var text = DisclosureTexts.Of(language);
            return new DisclosureLine(language, author switch
            {
                Authorship.PersonWithAgent => text.Drafted.Write(agent, person),
                _ when reviewed => $"{text.Sent.Write(agent, person)} {text.Reviewed}",
                _ => text.Sent.Write(agent, person),
            });
        }
    }
}
