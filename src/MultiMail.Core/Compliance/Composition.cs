using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Compliance.Footers;
using MultiMail.Core.Node;
using MultiMail.Core.Profile;

namespace MultiMail.Core.Compliance;

/// <summary>Turns a submission into what is written: the disclosure above it, the footer below it, our fields. Nothing is added after this.</summary>
internal sealed class Composition(CoreContext core)
{
    private const string Generated = "auto-generated";
    private const string Replied = "auto-replied";

    /// <param name="reviewed">A person will have seen it before it leaves: the gate holds it.</param>
    /// <exception cref="RefusalException">A body cannot be written. What the profile or the server lacks is the rules' to say, with everything else.</exception>
    public async Task<OutgoingForm> MakeAsync(Principal principal, Account account, CheckedSubmission wanted, bool reviewed, CancellationToken cancellationToken)
    {
        var profile = await core.Profiles.OfAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var people = await RecipientFacts.OfAsync(core, principal.Account, wanted.Envelope, cancellationToken).ConfigureAwait(false);
        var category = Categories.Effective(wanted);
        var languages = Languages(wanted.Language, people.Language, profile.Language);
        var author = Authorships.Of(principal.Kind is PrincipalKind.Human, wanted.AgentDrafted, wanted.Mailbox);
        var disclosure = DisclosureExpectation.For(
            author, people.MachinesOnly, languages, wanted.Mailbox.AgentId ?? wanted.From.LocalPart, profile.Name ?? account.Name, reviewed);
        var footer = wanted.IsInternal || !Categories.NeedsFooter(category) ? null : FooterOf(wanted, category, profile, people, languages[0]);
        var bodies = Bodies.Of(wanted, disclosure.Lines ?? [], footer);
        return new OutgoingForm(bodies.Text, bodies.Html, Headers(wanted, author, footer), [], category, wanted.IsInternal, disclosure)
        {
            Language = footer is null && wanted.Language is null ? null : languages[0],
        };
    }

    /// <summary>The first that is known of the message's, its recipient's and the profile's language; a language that we cannot write gets English beside ours.</summary>
    private static IReadOnlyList<string> Languages(string? ofMessage, string? ofRecipient, string? ofProfile)
    {
        var asked = ofMessage ?? ofRecipient;
        var own = ofProfile ?? ProfileLanguages.English;
        return ProfileLanguages.Of(asked) switch
        {
            { } known => [known],
            null when asked is null || own == ProfileLanguages.English => [own],
            null => [own, ProfileLanguages.English],
        };
    }

    private Footer FooterOf(CheckedSubmission wanted, string category, SenderProfile profile, RecipientFacts people, string language)
    {
        var ways = wanted.Envelope is [var only] ? WaysOut.For(core, wanted.Mailbox, only.Address.AddrSpec) : WaysOut.None;
        return new Footer(FooterTexts.Of(language), profile.PostalLines, ways, category == Categories.Commercial && !people.Consented);
    }

    private static List<(string Name, string Value)> Headers(CheckedSubmission wanted, Authorship author, Footer? footer)
    {
        var fields = new List<(string, string)>();
        if (author is Authorship.Agent)
        {
            // RFC 3834 §5.2: what answers a message is auto-replied, never auto-generated.
            fields.Add((DisclosureCheck.AutomaticField, wanted.Parent is { Direction: Direction.Inbound } ? Replied : Generated));
            fields.Add((DisclosureCheck.GeneratedField, "true"));
        }

        fields.AddRange(footer?.Out.Headers ?? []);
        return fields;
    }
}
