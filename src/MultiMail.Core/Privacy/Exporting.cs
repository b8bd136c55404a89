using System.Text;
using MultiMail.Core.Contacts;
using MultiMail.Core.Node;

namespace MultiMail.Core.Privacy;

/// <summary>Gathers what is kept about an address.</summary>
internal sealed class Exporting(CoreContext core)
{
    private const int Page = 50;
    private const int MostLeaves = 1_000;
    private const int MostLifted = 1_000;

    public async Task<AddressExport> RunAsync(Principal principal, AddressTrace trace, CancellationToken cancellationToken)
    {
        var account = principal.Account;
        var (messages, mentions) = await MessagesAsync(account, trace, cancellationToken).ConfigureAwait(false);
        var rules = await ExactRules.FindAsync(core, account, trace, cancellationToken).ConfigureAwait(false);
        var requests = await NamedRequests.FindAsync(core, account, trace, cancellationToken).ConfigureAwait(false);
        var export = new AddressExport(
            trace.Address, core.Clock.GetUtcNow(),
            await ContactAsync(account, trace, cancellationToken).ConfigureAwait(false),
            await SuppressionsAsync(account, trace, cancellationToken).ConfigureAwait(false),
            messages, mentions, [.. rules.Select(View)], [.. requests.Select(View)]);
        await core.Store.WriteAsync(
            async unit =>
            {
                await unit.AppendLeafAsync(core.Leaves.Simple(principal, LeafNames.PrivacyExported, null)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return export;
    }

    private async Task<(IReadOnlyList<ExportedMessage> Messages, IReadOnlyList<string> Mentions)> MessagesAsync(AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var (messages, mentions) = (new List<ExportedMessage>(), new List<string>());
        var search = new MessageSearch(core, trace);
        MessageId? after = null;
        IReadOnlyList<KeptMessage> page;
        do
        {
            page = await core.Store.KeptMessagesAsync(account, after, Page, cancellationToken).ConfigureAwait(false);
            foreach (var kept in page)
            {
                after = kept.Message.Id;
                switch (await search.LookAsync(kept, cancellationToken).ConfigureAwait(false))
                {
                    case Naming.Party:
                        messages.Add(await ViewAsync(kept.Message, cancellationToken).ConfigureAwait(false));
                        break;
                    case Naming.Mention:
                        mentions.Add(core.Ids.Format(kept.Message.Id));
                        break;
                }
            }
        }
        while (page.Count == Page);

        return (messages, mentions);
    }

    private async Task<ExportedMessage> ViewAsync(Message message, CancellationToken cancellationToken)
    {
        var mailbox = await core.Store.MailboxAsync(message.Account, message.Mailbox, cancellationToken).ConfigureAwait(false);
        var decisions = await core.Store.DecisionsAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var leaves = await core.Store.QueryLogAsync(new AuditQuery(message.Account, null, message.Id, null, null, null, null, MostLeaves), cancellationToken).ConfigureAwait(false);
        var raw = message.RawSha256.Length == 0 ? null : await SentForm.ReadAsync(core, message, cancellationToken).ConfigureAwait(false);
        return new ExportedMessage(
            core.Ids.Format(message.Id), Directions.Name(message.Direction), mailbox?.Address ?? string.Empty, MessageStates.Name(message.State), message.ReceivedAt,
            message.FromAddress, message.To, message.Cc, message.Subject, message.BodyText, message.Tags,
            [.. decisions.Select(d => new ExportedDecision(d.Verb, d.DecidedBy, d.DecidedAt, d.Reason))], [.. leaves.Select(l => l.Index).Order()], raw ?? []);
    }

    private async Task<ExportedContact?> ContactAsync(AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var facts = await core.Store.ContactsOfAsync(account, trace.Forms, cancellationToken).ConfigureAwait(false);
        if (facts.Values.FirstOrDefault() is not { } known || await core.Store.ContactAsync(account, known.Contact, cancellationToken).ConfigureAwait(false) is not { } c)
        {
            return null;
        }

        return new ExportedContact(
            core.Ids.Format(c.Id), c.Email, c.Name, c.Tags, c.Notes, c.Source, c.Language, c.Kind is ContactKind.Machine ? "machine" : "person",
            c.Consent?.Source, c.Consent?.Wording, c.Consent?.At, c.Relationship is { } r ? $"{r.Basis}: {r.Note}" : null, c.CreatedAt, c.UpdatedAt);
    }

    private async Task<IReadOnlyList<ExportedSuppression>> SuppressionsAsync(AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var query = new SuppressionQuery(account, MostLifted) { Names = core.SuppressionSecrets.NamesOf(account, trace.Forms), After = string.Empty };
        var standing = await core.Store.SuppressionsAsync(query, cancellationToken).ConfigureAwait(false);
        var lifted = await core.Store.LiftedSuppressionsAsync(account, trace.Address, MostLifted, cancellationToken).ConfigureAwait(false);
        return
        [
            .. standing.Select(s => new ExportedSuppression(SuppressionReasons.Name(s.Reason), s.CreatedAt, s.CreatedBy, s.Note, null, null)),
            .. lifted.Select(l => new ExportedSuppression(SuppressionReasons.Name(l.Reason), null, l.By, null, l.At, l.Evidence)),
        ];
    }

    private ExportedRule View(AccessRule rule) => new(
        core.Ids.Format(rule.Id), RuleNames.Of(rule.Direction), RuleNames.Of(rule.Type), rule.Pattern, rule.Note, rule.CreatedAt);

    private ExportedRequest View(ChangeRequest request) => new(
        core.Ids.Format(request.Id), request.Kind, RequestStatuses.Name(request.Status), Encoding.UTF8.GetString(request.Payload), request.Justification, request.CreatedAt);
}
