using System.Buffers;

namespace MultiMail.Core.Compliance.Rules;

/// <summary>What a category is judged by beside the words of the message.</summary>
/// <param name="IsInternal">Every recipient is a mailbox of this account on this server.</param>
/// <param name="ByPerson">A person submits it: nobody has to look at what they say it is.</param>
/// <param name="IsFirstContact">Nobody here has exchanged mail with one of the recipients, and no person has put them all on the list.</param>
/// <param name="HaveRelationship">Each recipient has a record of what there is between them and the sender.</param>
internal sealed record CategoryFacts(bool IsInternal, bool ByPerson, bool IsFirstContact, bool HaveRelationship);

/// <summary>
/// Whether a message may be more than its category says. Never loosens: it only asks for a person, who sees the category beside the
/// text. What is declared commercial cannot be more.
/// </summary>
internal static class CategoryReview
{
    /// <summary>Risk flag: the message may be commercial.</summary>
    public const string NeedsReview = "needs_category_review";

    /// <summary>Risk flag: transactional mail to somebody with whom no transaction is on record.</summary>
    public const string NoRelationship = "transactional_without_relationship";

    private static readonly SearchValues<string> Promotional = SearchValues.Create(
        [
            "% off", "% rabatt", "% de réduction", "% de descuento", "% di sconto", "% korting", "% zniżki", "% de desconto",
            "discount", "special offer", "limited time", "limited offer", "best price", "buy now", "order now", "act now", "don't miss", "last chance", "free trial", "for free",
            "black friday", "cyber monday", "newsletter", "promo", "coupon", "voucher", "clearance", "flash sale", "big sale", "deal of", "exclusive offer",
            "rabatt", "sonderangebot", "angebot des", "nur heute", "gutschein", "jetzt kaufen", "schlussverkauf", "gratis",
            "offre spéciale", "offre exclusive", "soldes", "remise", "gratuit", "bon d'achat",
            "oferta especial", "oferta exclusiva", "descuento", "rebajas", "cupón",
            "offerta speciale", "offerta esclusiva", "sconto", "saldi", "buono sconto",
            "aanbieding", "korting", "uitverkoop",
            "oferta specjalna", "promocja", "zniżka", "wyprzedaż", "rabat",
            "oferta exclusiva", "desconto", "promoção", "cupom", "saldos",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Tracking = SearchValues.Create(
        ["utm_source=", "utm_medium=", "utm_campaign=", "mc_eid=", "mc_cid=", "gclid=", "fbclid=", "mkt_tok=", "_hsenc=", "vero_id=", "/wf/open", "/wf/click", "list-manage.com/track", "open.aspx?"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> OnePixel = SearchValues.Create(
        ["width=\"1\"", "width='1'", "width=1 ", "height=\"1\"", "height='1'", "height=1 ", "width:1px", "width: 1px", "height:1px", "height: 1px", "width=\"0\"", "height=\"0\""],
        StringComparison.OrdinalIgnoreCase);

    /// <returns>Risk flags, each of which holds the message for a person in every mode.</returns>
    public static IReadOnlyList<string> Flags(CheckedSubmission wanted, CategoryFacts facts)
    {
        if (facts.IsInternal || facts.ByPerson)
        {
            return [];
        }

        var flags = new List<string>(2);
        if (MailKind.Of(wanted.Category) is not MailKinds.Commercial && MayBeCommercial(wanted, facts))
        {
            flags.Add(NeedsReview);
        }

        if (wanted.Category == "transactional" && !facts.HaveRelationship)
        {
            flags.Add(NoRelationship);
        }

        return flags;
    }

    private static bool MayBeCommercial(CheckedSubmission wanted, CategoryFacts facts)
    {
        var isNew = !GoesOn(wanted);
        return IsPromotional(wanted.Subject)
            || Tracks(wanted.Text) || Tracks(wanted.Html) || Tracks(wanted.Markdown) || HasPixel(wanted.Html)
            || (isNew && facts.IsFirstContact)
            || (wanted.Category is null && HasNewcomer(wanted))
            || (isNew && wanted.Envelope.Count > 1 && wanted.Category != "conversational"); // people write to several at once; CS-10 asks them to say so
    }

    // An answer is conversation by itself; for those whom it is new to, nobody has said so.
    private static bool HasNewcomer(CheckedSubmission wanted) =>
        wanted.Parent is { } parent && Categories.AnswersItsAuthor(parent, wanted.Envelope, wanted.ParentAuthors) &&
        wanted.Envelope.Select(r => r.Address.AddrSpec).Except([parent.FromAddress, .. parent.To, .. parent.Cc, .. wanted.ParentAuthors], StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>
    /// It goes on with a conversation that everybody it goes to is in. Whoever submits chooses what he answers: a mail of his own that
    /// never left, or one to somebody else, makes no conversation.
    /// </summary>
    private static bool GoesOn(CheckedSubmission wanted) =>
        wanted.Parent is { } parent &&
        (parent.Direction is Direction.Inbound || MessageStates.HasLeft(parent.State)) &&
        wanted.Envelope.All(r => wanted.ParentAuthors.Append(parent.FromAddress).Concat(parent.To).Concat(parent.Cc).Concat(parent.Bcc)
            .Contains(r.Address.AddrSpec, StringComparer.OrdinalIgnoreCase));

    internal static bool IsPromotional(string subject) => RuleWords.Fold(subject).AsSpan().ContainsAny(Promotional);

    private static bool Tracks(string? body) => body is not null && body.AsSpan().ContainsAny(Tracking);

    /// <summary>A picture that nobody sees and whose loading is seen.</summary>
    private static bool HasPixel(string? html)
    {
        for (var at = html?.IndexOf("<img", StringComparison.OrdinalIgnoreCase) ?? -1; at >= 0; at = html!.IndexOf("<img", at + 4, StringComparison.OrdinalIgnoreCase))
        {
            var end = html!.IndexOf('>', at);
            var tag = end < 0 ? html.AsSpan(at) : html.AsSpan(at, end - at);
            if (tag.ContainsAny(OnePixel) && tag.Contains("src", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
