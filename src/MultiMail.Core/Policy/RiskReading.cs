using MultiMail.Core.Compliance.Rules;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Policy;

/// <summary>Finds what a person should know of a submission, from its form, its recipients, and what its writer has read.</summary>
internal sealed class RiskReading(CoreContext core)
{
    private readonly TaintReading _taint = new(core);

    public async Task<Outlook> AssessAsync(Principal principal, CheckedSubmission wanted, CancellationToken cancellationToken)
    {
        var now = core.Clock.GetUtcNow();
        var body = BodyLook.Of(wanted.Text, wanted.Html, wanted.Markdown);
        var recipients = wanted.Envelope.Select(r => AddressPattern.KeyOf(r.Address.AddrSpec)).ToList();
        var looks = Acquaintances.Of(recipients);
        var content = Caps.Content(wanted.Mailbox.Id, body.Text, now);
        IReadOnlyList<TallyKey> tallies = wanted.Parent is { } parent ? [content, Caps.Thread(parent.Thread, now)] : [content];
        var facts = await core.Store.RiskFactsAsync(
            new RiskQuestion(
                principal.Account, UntrustedReads.ReaderOf(principal), now - UntrustedReads.Lasts, UntrustedReads.Most,
                [.. looks.Select(l => l.Skeleton).Distinct(StringComparer.Ordinal)], recipients, tallies)
            {
                Thread = wanted.Parent?.Thread ?? wanted.Before?.Thread,
            },
            cancellationToken).ConfigureAwait(false);
        var taint = await _taint.ReadAsync(principal, wanted, body, facts, cancellationToken).ConfigureAwait(false);
        var ofRecipients = OfRecipients(recipients, looks, facts).ToList();
        var flags = OfForm(wanted, body)
            .Concat(ofRecipients)
            .Concat(await OfCategoryAsync(principal, wanted, ofRecipients.Contains(RiskCodes.FirstContact, StringComparer.Ordinal), cancellationToken).ConfigureAwait(false))
            .Concat(OfCounts(recipients.Count, facts.Tallies))
            .Concat(taint.Flags)
            .Concat(facts.ThreadFlagged ? [RiskCodes.InjectionFlagged] : []);
        return new Outlook(RiskCodes.Sorted(flags), taint.Tainted) { TaintedBy = taint.Cause, Content = content };
    }

    private async Task<IReadOnlyList<string>> OfCategoryAsync(Principal principal, CheckedSubmission wanted, bool firstContact, CancellationToken cancellationToken)
    {
        var addresses = wanted.Envelope.Select(r => r.Address.AddrSpec).ToList();

        // Whom a person has put on the list is no stranger.
        var stranger = firstContact && !(await RuleLookup.Of(core.Store, cancellationToken).MatchesAsync(wanted.Mailbox, RuleDirection.Send, addresses).ConfigureAwait(false)).AllowsAll(addresses);
        var related = wanted.Category != "transactional" || wanted.IsInternal || await core.Store.ContactsOfAsync(
            principal.Account, addresses, cancellationToken).ConfigureAwait(false) is var known &&
            addresses.TrueForAll(address => known.TryGetValue(Suppressed.KeyOf(address), out var contact) && contact.Relationship is not null);
        return CategoryReview.Flags(wanted, new CategoryFacts(wanted.IsInternal, principal.Kind is PrincipalKind.Human, stranger, related));
    }

    private static IEnumerable<string> OfForm(CheckedSubmission wanted, BodyLook body)
    {
        foreach (var flag in Assessment.RiskFlags(wanted.Envelope.Count, wanted.AnswersAutomatic))
        {
            yield return flag;
        }

        if (body.LinkMismatch)
        {
            yield return RiskCodes.LinkMismatch;
        }

        if (body.HidesText)
        {
            yield return RiskCodes.HiddenText;
        }

        if (body.PlainDiffers)
        {
            yield return RiskCodes.PlainDiffers;
        }

        foreach (var flag in wanted.Attachments.SelectMany(a => AttachmentKinds.RisksOf(a.FileName, a.Content)))
        {
            yield return flag;
        }
    }

    private static IEnumerable<string> OfRecipients(IReadOnlyList<string> recipients, IReadOnlyList<Acquaintance> looks, RiskFacts facts)
    {
        var skeletons = looks.ToDictionary(l => l.Key, l => l.Skeleton, StringComparer.Ordinal);
        var ownDomains = facts.Domains.Append(LocalDomain.Name).Select(d => AddressPattern.KeyOf("@" + d)).ToDictionary(d => d, AddressLook.Skeleton, StringComparer.Ordinal);
        foreach (var address in recipients.Where(r => !facts.Mailboxes.Contains(r, StringComparer.Ordinal)))
        {
            yield return RiskCodes.External;
            // Who only wrote to us may be anybody who took the name: a stranger until we have written there.
            if (!facts.Known.Any(k => k.Key == address && k.WrittenTo))
            {
                yield return RiskCodes.FirstContact;
            }

            var domain = Acquaintances.DomainKeyOf(address);
            var likeOurs = ownDomains.Any(own => own.Value == skeletons[domain] && own.Key != domain);
            if (likeOurs || IsLookAlike(address, skeletons[address], facts.Known) || IsLookAlike(domain, skeletons[domain], facts.Known))
            {
                yield return RiskCodes.ConfusableAddress;
            }

            if (AddressLook.MixesScripts(address))
            {
                yield return RiskCodes.MixedScript;
            }
        }
    }

    // Contacts are known persons too, met or not: whoever imitates one is found, and nobody is acquitted by being one.
    // Whom we wrote to a person or the rules let pass; that a look-alike wrote to us makes it no friend.
    private static bool IsLookAlike(string key, string skeleton, IReadOnlyList<Correspondent> known) =>
        known.Any(k => k.Skeleton == skeleton && k.Key != key) && !known.Any(k => k.Key == key && k.WrittenTo);

    private IEnumerable<string> OfCounts(int recipients, IReadOnlyList<int> tallies)
    {
        if (tallies[0] + recipients > core.Options.SameTextPerHour)
        {
            yield return RiskCodes.RepeatedContent;
        }

        if (tallies.Count > 1 && tallies[1] >= core.Options.SendsPerThreadHour)
        {
            yield return RiskCodes.ThreadBurst;
        }
    }
}
