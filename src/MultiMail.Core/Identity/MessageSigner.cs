using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Identity;

/// <summary>
/// Signs a message that leaves for the first time: the identity header over its content, and DKIM over both when the domain is our
/// own and nobody else signs for it.
/// </summary>
internal sealed class MessageSigner(CoreContext core) : IHeadMaker
{
    public async ValueTask<IReadOnlyList<(string Name, string Value)>> FieldsAsync(HeadRequest request, CancellationToken cancellationToken)
    {
        var (message, mailbox, dated, route) = (request.Message, request.Mailbox, request.Dated, request.Route);
        var at = core.Clock.GetUtcNow();
        var claims = await ClaimsAsync(message, mailbox, dated, at, cancellationToken).ConfigureAwait(false);
        var key = await core.SigningKeys.IdentityAsync(message.Account, cancellationToken).ConfigureAwait(false);
        var identity = (IdentityField.Name, IdentityField.Fold(IdentityToken.Sign(claims, key)));
        var domain = AddrSpecs.DomainOf(message.FromAddress).ToLowerInvariant();
        var signers = LocalDomain.Holds(message.FromAddress) || route is { HostedElsewhere: true }
            ? []
            : await core.SigningKeys.DkimAsync(message.Account, domain, cancellationToken).ConfigureAwait(false);
        if (signers.Count == 0)
        {
            return [identity];
        }

        var whole = FrozenForm.Prepend(dated.ToArray(), [identity]);
        var agent = IsDotAtom(mailbox.AgentId) ? mailbox.AgentId : null;
        return [.. DkimSigner.Sign(whole, [.. signers.Select(s => new DkimIdentity(domain, s.Selector, s.Key, agent))], at), identity];
    }

    private async Task<IdentityClaims> ClaimsAsync(Message message, Mailbox mailbox, ReadOnlyMemory<byte> dated, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var account = await core.Store.GetAccountAsync(message.Account, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException("A message has no account.");
        var log = await core.Store.LogHeadAsync(message.Account, cancellationToken).ConfigureAwait(false);
        var approval = await ApprovalAsync(message, cancellationToken).ConfigureAwait(false);
        var digests = MessageDigests.Of(RawFields.Split(dated));
        var author = Authorships.Of(byPerson: approval is ApprovalClaims.HumanAuthor or ApprovalClaims.HumanEdited, agentDrafted: approval == ApprovalClaims.HumanEdited, mailbox);
        string[] everyone = [.. message.To, .. message.Cc, .. message.Bcc];
        return new IdentityClaims(
            Issuer(log), message.MessageIdField, at, mailbox.AgentId, await core.Profiles.OperatorNameAsync(account, cancellationToken).ConfigureAwait(false),
            AiGenerated: author is Authorship.Agent, AiAssisted: author is Authorship.PersonWithAgent, Modes.Name(mailbox.Mode), approval,
            message.Category, digests.Header, digests.Body,

            // One copy goes to all, so only a message with one recipient can be bound to who gets it.
            everyone.Length == 1 ? MessageDigests.Recipient(message.MessageIdField, everyone[0]) : null,
            log?.Origin);
    }

    private string Issuer(LogHead? log) =>
        Uri.TryCreate(core.Options.PublicUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? url.GetLeftPart(UriPartial.Authority)
            : $"urn:multimail:{log?.LogId}";

    private async Task<string> ApprovalAsync(Message message, CancellationToken cancellationToken)
    {
        if (IsPerson(message.SubmittedBy))
        {
            return ApprovalClaims.HumanAuthor;
        }

        var revisions = await core.Store.RevisionsAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false);
        if (revisions.Any(revision => revision.Number == message.Revision && IsPerson(revision.Author)))
        {
            return ApprovalClaims.HumanEdited;
        }

        // What was held leaves only by a decision, and a decision is about a digest.
        var decisions = await core.Store.DecisionsAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false);
        return decisions.Any(decision => decision.Verb == "approve" && decision.Digest.AsSpan().SequenceEqual(message.Digest))
            ? ApprovalClaims.Human
            : ApprovalClaims.Policy;
    }

    private bool IsPerson(string? publicId) => core.Ids.TryParse<OperatorId>(publicId, out _);

    // An agent's name may have two dots side by side; the local part that i= wants may not (RFC 5322 §3.2.3).
    private static bool IsDotAtom(string? agent) => agent is not null && !agent.Contains("..", StringComparison.Ordinal);
}
