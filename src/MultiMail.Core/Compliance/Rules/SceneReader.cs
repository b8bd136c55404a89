using MultiMail.Core.Contacts;
using MultiMail.Core.Node;
using MultiMail.Core.Profile;
using MultiMail.Core.Storage;
using MultiMail.Core.Suppression.Reputation;
using MultiMail.Mail;

namespace MultiMail.Core.Compliance.Rules;

/// <summary>Gathers what the rules have to know, and only what can matter: mail that stays inside needs no read at all.</summary>
internal sealed class SceneReader(CoreContext core, UnsubscribeSelfTest selfTest)
{
    private const int Page = 100;
    private const int ThreadPages = 10;

    /// <summary>A submission that was just composed.</summary>
    public async Task<RuleScene> OfSubmissionAsync(
        CheckedSubmission wanted, OutgoingForm form, ComposedMessage composed, ReadMessage? read, CancellationToken cancellationToken)
    {
        var bytes = new FinalBytes(composed.Wire, composed, read);
        var people = wanted.Envelope.Select(r => new RuleRecipient(r.Address.AddrSpec, r.Kind, form.IsInternal)).ToList();
        var parent = wanted.Parent is not { } answered || MessageStates.StaysHere(answered.State) || SubjectPrefixes.Of(wanted.Subject) is SubjectClaim.None
            ? null
            : new ParentFacts(InThread: true, [answered.FromAddress, .. wanted.ParentAuthors, .. answered.To, .. answered.Cc]);
        return await ReadAsync(bytes, wanted.Mailbox, form.Category, people, people.Count, parent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A message as the store has it.</summary>
    /// <param name="all">Everybody in the envelope. Who has it already is no reason to stop the others.</param>
    public async Task<RuleScene> OfMessageAsync(
        Message message, Mailbox mailbox, ReadOnlyMemory<byte> wire, IReadOnlyList<Recipient> all, CancellationToken cancellationToken)
    {
        var people = all.Where(Outcomes.IsOpen).Select(r => new RuleRecipient(r.Address, r.Kind, LocalDomain.Holds(r.Address))).ToList();
        if (people.Exists(p => !p.IsHere))
        {
            people = await PlacedAsync(message.Account, people, cancellationToken).ConfigureAwait(false);
        }

        var parent = await ParentAsync(message, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(new FinalBytes(wire), mailbox, message.Category, people, all.Count, parent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same scene with what this transaction sees of the facts that may have changed.</summary>
    public static async ValueTask<RuleScene> RefreshAsync(IWriteUnit unit, RuleScene scene)
    {
        if (scene.IsInternal || !MailKinds.CommercialOrUnclassified.HasFlag(scene.Kind))
        {
            return scene;
        }

        var mailbox = scene.Facts.Mailbox;
        var profile = await SenderProfiles.OfAsync(unit, mailbox.Account).ConfigureAwait(false);
        var contacts = await unit.FindContactsOfAsync(mailbox.Account, [.. scene.Facts.Recipients.Select(r => r.Address)]).ConfigureAwait(false);
        var reputation = await Reputations.OfAsync(unit, mailbox.Account, mailbox.Id).ConfigureAwait(false);
        return scene with
        {
            Facts = scene.Facts with
            {
                Profile = Of(profile),
                Recipients = [.. scene.Facts.Recipients.Select(r => Known(r, contacts))],
                ReputationStop = StopOf(reputation),
            },
        };
    }

    private async Task<RuleScene> ReadAsync(
        FinalBytes bytes, Mailbox mailbox, string? category, IReadOnlyList<RuleRecipient> people, int envelope, ParentFacts? parent, CancellationToken cancellationToken)
    {
        var facts = new RuleFacts
        {
            Mailbox = mailbox,
            Recipients = people,
            EnvelopeSize = envelope,
            Parent = parent,
            OtherNames = await OtherNamesAsync(mailbox, bytes, cancellationToken).ConfigureAwait(false),
        };
        var scene = new RuleScene(bytes, category, facts);
        if (!scene.IsInternal || bytes.Fields.Named("Reply-To").Count > 0)
        {
            scene = scene with { Facts = await WithAddressesAsync(scene, cancellationToken).ConfigureAwait(false) };
        }

        return scene.IsInternal || !MailKinds.CommercialOrUnclassified.HasFlag(scene.Kind)
            ? scene
            : scene with { Facts = await WithFooterFactsAsync(scene.Facts, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Own domains, own addresses in Reply-To, and what stands against a recipient.</summary>
    private async Task<RuleFacts> WithAddressesAsync(RuleScene scene, CancellationToken cancellationToken)
    {
        var (facts, account) = (scene.Facts, scene.Facts.Mailbox.Account);
        var replies = scene.Bytes.Header.ReplyTo.Select(a => a.AddrSpec).OfType<string>().ToList();
        var names = core.SuppressionSecrets.NamesOf(account, facts.Recipients.Select(r => r.Address));
        var found = await core.Store.AddressFactsAsync(account, [.. names, .. replies, facts.Mailbox.Address], cancellationToken).ConfigureAwait(false);
        var stops = found.Suppressed.Where(s => s.Blocks(scene.Category)).ToLookup(s => Suppressed.KeyOf(s.Address), StringComparer.Ordinal);
        return facts with
        {
            Domains = found.Domains.ToDictionary(d => d.Name.ToLowerInvariant(), d => d.VerifiedAt is not null, StringComparer.Ordinal),
            IsCarriedElsewhere = found.WithOwnRelay.Contains(facts.Mailbox.Id),
            OwnReplyTo = [.. replies.Where(reply => found.Mailboxes.Any(m => m.DeactivatedAt is null && string.Equals(m.Address, reply, StringComparison.OrdinalIgnoreCase)))],
            Recipients = [.. facts.Recipients.Select(r => r with
            {
                Stop = core.SuppressionSecrets.NamesOf(account, r.Address).SelectMany(name => stops[Suppressed.KeyOf(name)])
                    .Select(s => SuppressionReasons.Name(s.Reason)).FirstOrDefault(),
            })],
        };
    }

    /// <summary>What commercial and unclassified mail to the outside is held against.</summary>
    private async Task<RuleFacts> WithFooterFactsAsync(RuleFacts facts, CancellationToken cancellationToken)
    {
        var (mailbox, account) = (facts.Mailbox, facts.Mailbox.Account);
        var profile = await core.Profiles.OfAsync(account, cancellationToken).ConfigureAwait(false);
        var contacts = await core.Store.ContactsOfAsync(account, [.. facts.Recipients.Select(r => r.Address)], cancellationToken).ConfigureAwait(false);
        var reputation = await core.Reputation.OfAsync(account, mailbox.Id, cancellationToken).ConfigureAwait(false);
        var tested = await selfTest.LastAsync(cancellationToken).ConfigureAwait(false);
        var only = facts.Recipients is [var one] ? one.Address : null;
        return facts with
        {
            Profile = Of(profile),
            Recipients = [.. facts.Recipients.Select(r => Known(r, contacts))],
            ReputationStop = StopOf(reputation),
            IsUnsubscribePage = UnsubscribeLinks.IsPublic(core.Options.PublicUrl) ? url => only is not null && core.UnsubscribeLinks.IsFor(account, only, url) : null,
            UnsubscribeMailto = only is null ? string.Empty : core.UnsubscribeLinks.MailtoFor(mailbox, only).Split("%20")[0],
            UnsubscribeFault = tested is { Fault: { } fault } && tested.Url == core.Options.PublicUrl ? fault : null,
        };
    }

    private async Task<List<RuleRecipient>> PlacedAsync(AccountId account, List<RuleRecipient> people, CancellationToken cancellationToken)
    {
        var facts = await core.Store.AddressFactsAsync(account, [.. people.Select(p => p.Address)], cancellationToken).ConfigureAwait(false);
        var placed = new List<RuleRecipient>(people.Count);
        foreach (var person in people)
        {
            // A mailbox that is gone since is no stranger: its mail goes nowhere.
            var place = await core.Places.OfAsync(person.Address, facts, cancellationToken).ConfigureAwait(false);
            placed.Add(person with { IsHere = place is not RecipientPlace.Outside });
        }

        return placed;
    }

    /// <summary>Its mailbox's own name is a person's choice; another one is compared with those of the others.</summary>
    private async Task<IReadOnlyList<string>> OtherNamesAsync(Mailbox mailbox, FinalBytes bytes, CancellationToken cancellationToken)
    {
        if (bytes.Header.From?.DisplayName is not { } name || name == mailbox.DisplayName)
        {
            return [];
        }

        var names = new List<string>();
        MailboxId? after = null;
        while (await core.Store.MailboxesAsync(mailbox.Account, after, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            names.AddRange(page.Where(m => m.Id != mailbox.Id && m.DeactivatedAt is null).Select(m => m.DisplayName).OfType<string>().Where(n => n != mailbox.DisplayName));
            after = page[^1].Id;
        }

        return names;
    }

    /// <summary>The answered message, from the thread that the answer lies in.</summary>
    private async Task<ParentFacts?> ParentAsync(Message message, CancellationToken cancellationToken)
    {
        if (message.InReplyTo is null || SubjectPrefixes.Of(message.Subject) is SubjectClaim.None)
        {
            return null;
        }

        var query = new MessageQuery(message.Account, Page) { Thread = message.Thread };
        for (var i = 0; i < ThreadPages; i++)
        {
            var page = await core.Store.MessagesAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Messages.FirstOrDefault(m => m.Id != message.Id && m.MessageIdField == message.InReplyTo) is { } parent)
            {
                return MessageStates.StaysHere(parent.State) ? null : new ParentFacts(InThread: true, [parent.FromAddress, .. parent.To, .. parent.Cc, .. await AuthorsAsync(parent, cancellationToken).ConfigureAwait(false)]);
            }

            if (!page.More)
            {
                break;
            }

            query = query with { Cursor = (page.Messages[^1].ReceivedAt, page.Messages[^1].Id) };
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> AuthorsAsync(Message parent, CancellationToken cancellationToken)
    {
        if (await core.Store.RawAsync(parent.Account, parent.RawSha256, cancellationToken).ConfigureAwait(false) is not { } raw)
        {
            return [];
        }

        var header = new FinalBytes(raw).Header;
        return [.. header.Authors.Concat(header.ReplyTo).Select(a => a.AddrSpec).OfType<string>()];
    }

    private static ProfileFacts? Of(SenderProfile profile) => profile.HasPostalAddress ? new ProfileFacts(profile.PostalLines) : null;

    private static RuleRecipient Known(RuleRecipient recipient, IReadOnlyDictionary<string, ContactFacts> contacts) =>
        contacts.TryGetValue(Suppressed.KeyOf(recipient.Address), out var known)
            ? recipient with { Source = known.Source, Consented = known.Consent is not null }
            : recipient with { Source = null, Consented = false };

    private static string? StopOf(MailboxReputation reputation) => reputation.Level is not ReputationLevel.Stop ? null
        : reputation.Complaints is ReputationLevel.Stop
            ? $"{reputation.Counts.Complaints} of its last {reputation.Counts.Sent} messages to other servers were reported as unwanted"
            : $"{reputation.Counts.HardBounces} of its last {reputation.Counts.Sent} messages to other servers went to addresses that do not exist";
}
