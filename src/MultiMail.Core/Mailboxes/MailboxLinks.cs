using System.Security.Cryptography;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>Mailboxes hosted elsewhere: the relay that sends for them and the server their mail is fetched from.</summary>
public sealed class MailboxLinks
{
    private readonly CoreContext _core;
    private readonly LinkSeal _seal;

    internal MailboxLinks(CoreContext core)
    {
        _core = core;
        _seal = new LinkSeal(core.Seal);
    }

    /// <summary>What is to be fetched: every active mailbox with a source. One whose secret does not open is left out; <c>doctor</c> names it.</summary>
    public async Task<IReadOnlyList<LinkedSource>> SourcesAsync(CancellationToken cancellationToken)
    {
        if (await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return [];
        }

        var sources = new List<LinkedSource>();
        foreach (var link in await _core.Store.LinksAsync(account.Id, cancellationToken).ConfigureAwait(false))
        {
            var mailbox = await _core.Store.MailboxAsync(account.Id, link.Mailbox, cancellationToken).ConfigureAwait(false);
            if (mailbox is { DeactivatedAt: null } && TryOpen(link)?.Source is { } endpoint)
            {
                sources.Add(new LinkedSource(account.Id, mailbox.Id, mailbox.Address, endpoint));
            }
        }

        return sources;
    }

    /// <summary>The mailboxes hosted elsewhere, without any secret.</summary>
    public async Task<IReadOnlyList<MailboxLinkView>> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(principal);
        var links = await _core.Store.LinksAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var views = new List<MailboxLinkView>();
        foreach (var link in links)
        {
            if (await _core.Store.MailboxAsync(principal.Account, link.Mailbox, cancellationToken).ConfigureAwait(false) is { DeactivatedAt: null } mailbox)
            {
                views.Add(View(mailbox, link, TryOpen(link)));
            }
        }

        return views;
    }

    /// <summary>Sets relay and source of a mailbox, after both were tried. A null URL leaves what is there, an empty one removes it.</summary>
    public async Task<MailboxLinkView?> SetAsync(Principal principal, string? mailbox, LinkChange change, CancellationToken cancellationToken)
    {
        var found = await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false);
        await RequireRightAsync(principal, found.Id, cancellationToken).ConfigureAwait(false);
        var wanted = await CheckedAsync(principal, change, cancellationToken).ConfigureAwait(false);
        RefuseLocal(found.Address, change);
        var link = await _core.Store.WriteAsync(unit => ApplyAsync(unit, principal, found, change, wanted), cancellationToken).ConfigureAwait(false);
        return link is null ? null : View(found, link, TryOpen(link));
    }

    /// <summary>Signs in where the mailbox sends and fetches, and leaves.</summary>
    public async Task<LinkTest> TestAsync(Principal principal, string? mailbox, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(principal);
        var found = await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false);
        var link = await _core.Store.LinkAsync(found.Account, found.Id, cancellationToken).ConfigureAwait(false);
        var open = link is null ? OpenLink.None : TryOpen(link) ?? throw new RefusalException(
            ErrorCodes.EndpointCheckFailed, "The relay and source of this mailbox do not open with this master key.", $"Link it again: `multimail mailbox link {found.Address} --smtp URL --imap URL`.");
        if (open is { Relay: null, Source: null })
        {
            throw new RefusalException(ErrorCodes.InvalidParameter, "This mailbox is not hosted elsewhere.", "Link it first: `multimail mailbox link ADDRESS --smtp URL --imap URL`.");
        }

        var checks = await Task.WhenAll(
            EndpointFields.CheckAsync(_core, open.Relay, cancellationToken), EndpointFields.CheckAsync(_core, open.Source, cancellationToken)).ConfigureAwait(false);
        return new LinkTest(found.Address, CheckView.Of(checks[0]), CheckView.Of(checks[1]));
    }

    /// <exception cref="RefusalException"><c>scope_missing</c>, after a leaf that says so.</exception>
    internal async Task RequireRightAsync(Principal principal, MailboxId? mailbox, CancellationToken cancellationToken)
    {
        try
        {
            EndpointFields.RequireRight(principal);
        }
        catch (RefusalException refusal)
        {
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, mailbox, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <exception cref="RefusalException">A URL that cannot be used, or that was tried and refused.</exception>
    internal async Task<OpenLink> CheckedAsync(Principal principal, LinkChange change, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var wanted = new OpenLink(EndpointFields.ParseRelay(change.SmtpUrl, faults), EndpointFields.ParseSource(change.ImapUrl, faults));
        EndpointFields.RefuseFiles(principal, wanted, faults);
        faults.ThrowIfAny();
        if (change.Check)
        {
            await EndpointFields.ProveAsync(_core, wanted.Relay, wanted.Source, faults, cancellationToken).ConfigureAwait(false);
            faults.ThrowIfAny();
        }

        return wanted;
    }

    internal static void RefuseLocal(string address, LinkChange change)
    {
        if (LocalDomain.Holds(address) && !(string.IsNullOrEmpty(change.SmtpUrl) && string.IsNullOrEmpty(change.ImapUrl)))
        {
            throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "address", $"Nobody outside can answer to an address at {LocalDomain.Name}.", "Link the mailbox whose address the provider hosts, e.g. name@gmail.com.")]);
        }
    }

    /// <summary>Nothing when the mailbox is not hosted elsewhere.</summary>
    /// <exception cref="CryptographicException">The link was sealed with another master key.</exception>
    internal async ValueTask<OpenLink> OpenAsync(Mailbox mailbox, CancellationToken cancellationToken) =>
        await _core.Store.LinkAsync(mailbox.Account, mailbox.Id, cancellationToken).ConfigureAwait(false) is { } link ? _seal.Open(link) : OpenLink.None;

    internal MailboxLink Sealed(Mailbox mailbox, OpenLink open, bool fromEnvironment, DateTimeOffset now) => new(
        mailbox.Id,
        mailbox.Account,
        open.Relay is { } relay ? _seal.Seal(mailbox.Id, relay) : null,
        open.Source is { } source ? _seal.Seal(mailbox.Id, source) : null,
        fromEnvironment,
        now);

    /// <summary>Null when it was sealed with another master key or its bytes were changed.</summary>
    internal OpenLink? TryOpen(MailboxLink link)
    {
        try
        {
            return _seal.Open(link);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async ValueTask<MailboxLink?> ApplyAsync(IWriteUnit unit, Principal principal, Mailbox mailbox, LinkChange change, OpenLink wanted)
    {
        var before = await unit.FindLinkAsync(mailbox.Account, mailbox.Id).ConfigureAwait(false);
        var old = before is null ? OpenLink.None : TryOpen(before) ?? OpenLink.None;
        var next = new OpenLink(change.SmtpUrl is null ? old.Relay : wanted.Relay, change.ImapUrl is null ? old.Source : wanted.Source);
        if (next == old && (before is null || TryOpen(before) is not null))
        {
            return before;
        }

        var leaf = _core.Leaves.OfMailbox(principal, LeafNames.MailboxUpdated, mailbox) with { Reason = Reason(old, next) };
        await unit.AppendLeafAsync(leaf).ConfigureAwait(false);
        if (next == OpenLink.None)
        {
            await unit.RemoveLinkAsync(mailbox.Account, mailbox.Id).ConfigureAwait(false);
            return null;
        }

        var link = Sealed(mailbox, next, fromEnvironment: false, unit.Now);
        await unit.SetLinkAsync(link).ConfigureAwait(false);
        return link;
    }

    /// <summary>A code: which of the two is another now.</summary>
    internal static string Reason(OpenLink old, OpenLink next) =>
        old.Relay == next.Relay ? "source_changed" : old.Source == next.Source ? "relay_changed" : "relay_and_source_changed";

    private MailboxLinkView View(Mailbox mailbox, MailboxLink link, OpenLink? open) => new(
        _core.Ids.Format(mailbox.Id), mailbox.Address, open?.Relay?.ToString(), open?.Source?.ToString(), link.FromEnvironment, open is not null,
        open is null ? null : Alignment(mailbox.Address, open), link.UpdatedAt);

    /// <summary>A relay whose login is another address may rewrite From or refuse it: a warning, since aliases are common.</summary>
    private static string? Alignment(string address, OpenLink open)
    {
        var login = open.Relay?.User;
        return MailboxAddress.TryParse(login, out var user, out _) && !string.Equals(user.AddrSpec, address, StringComparison.OrdinalIgnoreCase)
            ? "The relay signs in as another address: it may refuse or rewrite this mailbox's From, and DMARC may not align."
            : null;
    }
}
