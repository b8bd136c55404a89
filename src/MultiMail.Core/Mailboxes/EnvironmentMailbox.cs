using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>
/// The mailbox that the settings name by their login: with a source set, its address becomes a mailbox hosted elsewhere, once,
/// gated, and the local default agent may use it. The link is stored, so that every node of the data folder can deliver what one
/// of them took, and follows the settings when they change. A link that a person set for this address is left alone.
/// </summary>
internal sealed class EnvironmentMailbox(CoreContext core)
{
    private const string AgentId = "agent";

    public async Task EnsureAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (core.Options.Source is not { } source || AddressOf(core.Options) is not { } address)
        {
            return;
        }

        var wanted = new OpenLink(core.Options.Relay, source);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await EnsureAsync(account, address, wanted, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (StoreConflictException) when (tries == 1)
            {
                // Another process made it in this very moment.
            }
        }
    }

    /// <summary>The login that is an address: the source's, since that is where the mail lies, else the relay's.</summary>
    internal static string? AddressOf(CoreOptions options)
    {
        foreach (var login in (string?[])[options.Source?.User, options.Relay?.User])
        {
            if (MailboxAddress.TryParse(login, out var address, out _) && !LocalDomain.Holds(address.AddrSpec))
            {
                return address.AddrSpec;
            }
        }

        return null;
    }

    private async Task EnsureAsync(AccountId account, string address, OpenLink wanted, CancellationToken cancellationToken)
    {
        var mailbox = await core.Store.MailboxByAddressAsync(account, address, cancellationToken).ConfigureAwait(false);
        if (mailbox is { DeactivatedAt: not null } || (mailbox is not null && await StandsAsync(mailbox, wanted, cancellationToken).ConfigureAwait(false)))
        {
            return;
        }

        var made = mailbox ?? new Mailbox(core.NewId<MailboxId>(), account, address, null, AgentId, Mode.GatedSend, null, null, 0, 0, 1, default);
        var keys = await core.Store.KeysAsync(account, cancellationToken).ConfigureAwait(false);
        var agent = mailbox is null ? keys.FirstOrDefault(k => k is { Prefix: ApiKey.LocalAgentPrefix, RevokedAt: null }) : null;
        await core.Store.WriteAsync(unit => WriteAsync(unit, made, isNew: mailbox is null, agent, wanted), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> StandsAsync(Mailbox mailbox, OpenLink wanted, CancellationToken cancellationToken)
    {
        var link = await core.Store.LinkAsync(mailbox.Account, mailbox.Id, cancellationToken).ConfigureAwait(false);
        return link is not null && (!link.FromEnvironment || core.Links.TryOpen(link) == wanted);
    }

    private async ValueTask<bool> WriteAsync(IWriteUnit unit, Mailbox mailbox, bool isNew, ApiKey? agent, OpenLink wanted)
    {
        var old = OpenLink.None;
        if (isNew)
        {
            await unit.InsertMailboxAsync(mailbox with { CreatedAt = unit.Now }).ConfigureAwait(false);
            await unit.AppendLeafAsync(Leaf(LeafNames.MailboxCreated, mailbox, "settings")).ConfigureAwait(false);
            await GrantAsync(unit, mailbox, agent).ConfigureAwait(false);
        }
        else if (await unit.FindLinkAsync(mailbox.Account, mailbox.Id).ConfigureAwait(false) is { } before)
        {
            old = core.Links.TryOpen(before) ?? OpenLink.None;
        }

        await unit.SetLinkAsync(core.Links.Sealed(mailbox, wanted, fromEnvironment: true, unit.Now)).ConfigureAwait(false);
        await unit.AppendLeafAsync(Leaf(LeafNames.MailboxUpdated, mailbox, MailboxLinks.Reason(old, wanted))).ConfigureAwait(false);
        return true;
    }

    /// <summary>The default agent writes from the mailbox it was configured with; one without a list of its own may already.</summary>
    private async ValueTask GrantAsync(IWriteUnit unit, Mailbox mailbox, ApiKey? agent)
    {
        if (agent is not null && await unit.FindKeyAsync(mailbox.Account, agent.Id).ConfigureAwait(false) is { RevokedAt: null, Mailboxes: { } may })
        {
            await unit.SetKeyMailboxesAsync(mailbox.Account, agent.Id, [.. may, mailbox.Id]).ConfigureAwait(false);
            var leaf = Leaf(LeafNames.ConfigChanged, mailbox, "agent_may_use_mailbox") with { Result = core.Ids.Format(agent.Id) };
            await unit.AppendLeafAsync(leaf).ConfigureAwait(false);
        }
    }

    private LeafDraft Leaf(string name, Mailbox mailbox, string reason) => core.Leaves.Of(mailbox.Account, name, LeafActor.System) with
    {
        Mailbox = mailbox.Id,
        MailboxText = core.Ids.Format(mailbox.Id),
        Mode = Modes.Name(mailbox.Mode),
        Reason = reason,
    };
}
