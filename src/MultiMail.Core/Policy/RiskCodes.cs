using MultiMail.Core.Compliance.Rules;

namespace MultiMail.Core.Policy;

/// <summary>Why a person should look closer at a message, and whether it waits for that look in every mode.</summary>
/// <param name="Sentence">For whoever approves.</param>
/// <param name="Holds">False: a badge only.</param>
public sealed record RiskCode(string Code, string Sentence, bool Holds);

/// <summary>Every risk flag, in the order in which they are shown.</summary>
public static class RiskCodes
{
    public const string InjectionFlagged = "injection_flagged";
    public const string ConfusableAddress = "confusable_address";
    public const string MixedScript = "mixed_script";
    public const string TaintForeignData = "taint_foreign_data";
    public const string TaintNewRecipient = "taint_new_recipient";
    public const string TaintNewDomain = "taint_new_domain";
    public const string TaintAttachment = "taint_attachment";
    public const string LinkMismatch = "link_mismatch";
    public const string HiddenText = "hidden_text";
    public const string AttachmentType = "attachment_type";
    public const string ManyRecipients = "many_recipients";
    public const string RepeatedContent = "repeated_content";
    public const string ThreadBurst = "thread_burst";
    public const string ReplyToAutomatic = "reply_to_automatic";
    public const string NeedsCategoryReview = CategoryReview.NeedsReview;
    public const string NoRelationship = CategoryReview.NoRelationship;
    public const string NotAllowListed = "not_allow_listed";
    public const string PlainDiffers = "plain_differs";
    public const string AttachmentArchive = "attachment_archive";
    public const string FirstContact = "first_contact";
    public const string External = "external";

    private static readonly RiskCode[] Ordered =
    [
        new(InjectionFlagged, "Mail of this conversation looks as if it gave orders to a program that reads it.", Holds: true),
        new(ConfusableAddress, "A recipient's address looks like one that is known here, and is another.", Holds: true),
        new(MixedScript, "A recipient's address mixes letters of several alphabets that look alike.", Holds: true),
        new(TaintForeignData, "It repeats text of mail from another conversation that the agent has read.", Holds: true),
        new(TaintNewRecipient, "The agent has read mail from others, and this goes to somebody who is not in the conversation.", Holds: true),
        new(TaintNewDomain, "The agent has read mail from others, and this names a domain that is not in the conversation.", Holds: true),
        new(TaintAttachment, "The agent has read mail from others, and this has an attachment.", Holds: true),
        new(LinkMismatch, "The text of a link names another site than the link leads to.", Holds: true),
        new(HiddenText, "The HTML hides text from its reader.", Holds: true),
        new(AttachmentType, "An attachment is a program, or a document that may run macros.", Holds: true),
        new(ManyRecipients, "It goes to more than ten recipients.", Holds: true),
        new(RepeatedContent, "The same text went to many recipients within the hour.", Holds: true),
        new(ThreadBurst, "Very many mails went into this conversation within the hour.", Holds: true),
        new(ReplyToAutomatic, "It answers mail that a machine sent.", Holds: true),
        new(NeedsCategoryReview, "It may be commercial mail, whatever its category says: look at the subject, the links and who gets it.", Holds: true),
        new(NoRelationship, "It is called transactional, and nothing is on record between the sender and a recipient.", Holds: true),
        new(NotAllowListed, "A recipient is not on the list of those this mailbox may write to by itself.", Holds: true),
        new(PlainDiffers, "Readers without HTML get a different text.", Holds: false),
        new(AttachmentArchive, "An attachment is an archive; what is in it was not looked at.", Holds: false),
        new(FirstContact, "Nobody of this account has exchanged mail with a recipient before.", Holds: false),
        new(External, "It leaves this account.", Holds: false),
    ];

    private static readonly Dictionary<string, RiskCode> ByCode = Ordered.ToDictionary(c => c.Code, StringComparer.Ordinal);

    public static IReadOnlyList<RiskCode> All => Ordered;

    /// <summary>A code of another version holds: what is not known is not waved through.</summary>
    public static RiskCode Of(string code) => ByCode.GetValueOrDefault(code) ?? new RiskCode(code, "Another version of this program found something to look at.", Holds: true);

    /// <summary>Codes as a message keeps them, separated by commas.</summary>
    public static IReadOnlyList<string> Split(string flags) => flags.Length == 0 ? [] : flags.Split(',');

    public static IReadOnlyList<string> Sorted(IEnumerable<string> codes)
    {
        var all = codes.ToHashSet(StringComparer.Ordinal);
        return [.. Ordered.Select(c => c.Code).Where(all.Contains), .. all.Where(c => !ByCode.ContainsKey(c)).Order(StringComparer.Ordinal)];
    }

    internal static bool Holds(string flags) => Split(flags).Any(code => Of(code).Holds);

    /// <summary>Tainted mail of an allow-listed recipient waits only for these (oversight rule: thread participants pass).</summary>
    internal static bool HoldsTaint(string flags) => Split(flags).Any(IsTaint);

    internal static bool IsTaint(string code) => code.StartsWith("taint_", StringComparison.Ordinal);
}
