namespace MultiMail.Core.Compliance.Rules;

/// <summary>As what a message leaves. Absent and unknown categories are unclassified: the safe default.</summary>
[Flags]
internal enum MailKinds
{
    None = 0,
    Conversational = 1,
    Transactional = 2,
    Unclassified = 4,
    Commercial = 8,
    CommercialOrUnclassified = Unclassified | Commercial,
    All = Conversational | Transactional | CommercialOrUnclassified,
}

internal static class MailKind
{
    public static MailKinds Of(string? category) => category switch
    {
        "conversational" => MailKinds.Conversational,
        "transactional" => MailKinds.Transactional,
        "commercial" => MailKinds.Commercial,
        _ => MailKinds.Unclassified,
    };

    /// <summary>For people: <c>all mail</c>, or the categories.</summary>
    public static string Words(MailKinds kinds) => kinds switch
    {
        MailKinds.All => "all mail",
        MailKinds.CommercialOrUnclassified => "commercial and unclassified mail",
        MailKinds.Commercial => "commercial mail",
        _ => throw new ArgumentOutOfRangeException(nameof(kinds), kinds, "No rule is for these."),
    };
}
