using System.Text;
using MultiMail.Core.Contacts;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Privacy;

/// <summary>
/// The steps of an erasure. Each unit leaves a store that is right and says in the log what it took; what an end in the middle leaves
/// over is found by the next run, because every step looks for what is still there.
/// </summary>
internal sealed class Erasing(CoreContext core, Suppressions suppressions)
{
    private const int Page = 50;
    private const int CompactTries = 10;
    private static readonly TimeSpan CompactWait = TimeSpan.FromMilliseconds(300);

    public async Task<ErasureReport> RunAsync(Principal principal, AddressTrace trace, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        // First of all nothing may go to the address any more: what is on its way stops at its next attempt.
        await core.Store.WriteAsync(
            async unit =>
            {
                await suppressions.EraseAsync(unit, principal, trace.Address).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        var seen = await MessagesAsync(principal, trace, progress, cancellationToken).ConfigureAwait(false);
        var contact = await ContactsAsync(principal.Account, trace, cancellationToken).ConfigureAwait(false);
        var rules = await RulesAsync(principal.Account, trace, cancellationToken).ConfigureAwait(false);
        var requests = await RequestsAsync(principal, trace, cancellationToken).ConfigureAwait(false);
        var texts = await TextsAsync(principal.Account, trace, seen.Ids, cancellationToken).ConfigureAwait(false);
        await LooseAsync(principal.Account, trace, cancellationToken).ConfigureAwait(false);
        texts += LogLines.Erase(core.Options.LogFolder, trace);
        if (seen.Ids.Count == 0)
        {
            await LeafAsync(principal, cancellationToken).ConfigureAwait(false);
        }

        var compact = await CompactAsync(cancellationToken).ConfigureAwait(false);
        return new ErasureReport(seen.Messages, seen.Mentions, seen.Stopped, seen.Leaving, texts, rules, requests, contact, compact && seen.Leaving == 0);
    }

    private async Task<Seen> MessagesAsync(Principal principal, AddressTrace trace, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var seen = new Seen();
        var search = new MessageSearch(core, trace);
        var looked = 0;
        MessageId? after = null;
        IReadOnlyList<KeptMessage> page;
        do
        {
            page = await core.Store.KeptMessagesAsync(principal.Account, after, Page, cancellationToken).ConfigureAwait(false);
            var found = new List<(Message Message, Naming How)>();
            foreach (var kept in page)
            {
                if (await search.LookAsync(kept, cancellationToken).ConfigureAwait(false) is var how and not Naming.Not)
                {
                    found.Add((kept.Message, how));
                }

                after = kept.Message.Id;
            }

            await EraseAsync(principal, found, seen, cancellationToken).ConfigureAwait(false);
            progress?.Report(looked += page.Count);
        }
        while (page.Count == Page);

        return seen;
    }

    private async Task EraseAsync(Principal principal, List<(Message Message, Naming How)> found, Seen seen, CancellationToken cancellationToken)
    {
        var ready = new List<MessageId>();
        foreach (var (message, how) in found)
        {
            var note = core.Transitions.Note(principal.LeafActor);
            switch (await core.Store.WriteAsync(unit => EndAsync(unit, principal, message.Id, note), cancellationToken).ConfigureAwait(false))
            {
                case Ending.Leaving:
                    seen.Leaving++;
                    continue;
                case Ending.Stopped:
                    seen.Stopped++;
                    break;
            }

            ready.Add(message.Id);
            seen.Count(message.Id, how);
        }

        if (ready.Count > 0)
        {
            var leaf = core.Leaves.Simple(principal, LeafNames.PrivacyErased, Erased.ByWish);
            await core.Store.WriteAsync(unit => ErasingUnit.RunAsync(unit, principal.Account, ready, Erased.ByWish, leaf), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Mail that waits comes to its end first, as if the person had stopped it.</summary>
    private async ValueTask<Ending> EndAsync(IWriteUnit unit, Principal principal, MessageId id, TransitionNote note)
    {
        if (await unit.FindMessageAsync(principal.Account, id).ConfigureAwait(false) is not { } message)
        {
            return Ending.Over;
        }

        if (message.State is MessageState.Sending)
        {
            // A byte may be under way. The next attempt meets the suppression, and what is still open fails.
            await unit.HastenAsync(principal.Account, id).ConfigureAwait(false);
            return Ending.Leaving;
        }

        var actor = principal.ActorFor(message.SubmitterLineage, message.World);
        var held = message.State is MessageState.Held;
        KernelEvent stop = held ? new KernelEvent.Reject(actor, DigestCurrent: true) : new KernelEvent.Cancel(actor);
        if (Kernel.Decide(message.State, stop) is not Moved moved
            || await unit.FindMailboxAsync(principal.Account, message.Mailbox).ConfigureAwait(false) is not { } mailbox)
        {
            return Ending.Over;
        }

        await core.Transitions.MoveAsync(unit, message, moved, mailbox, note with { ClosesHoldAs = held ? "rejected" : "cancelled", Code = Erased.ByWish }).ConfigureAwait(false);
        return Ending.Stopped;
    }

    private async Task<bool> ContactsAsync(AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var had = false;
        ContactId? before = null;
        IReadOnlyList<Contact> page;
        do
        {
            page = await core.Store.ContactsAsync(account, [], before, Page, cancellationToken).ConfigureAwait(false);
            foreach (var contact in page)
            {
                before = contact.Id;
                if (trace.Is(contact.Email))
                {
                    had |= await core.Store.WriteAsync(unit => unit.DeleteContactAsync(account, contact.Id), cancellationToken).ConfigureAwait(false);
                }
                else if (ContactWithout.Names(contact, trace))
                {
                    await core.Store.WriteAsync(unit => ContactWithout.WriteAsync(unit, contact, trace), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        while (page.Count == Page);

        return had;
    }

    /// <summary>Rules about exactly this address. That nothing is sent to it says the suppression.</summary>
    private async Task<int> RulesAsync(AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var rule in await ExactRules.FindAsync(core, account, trace, cancellationToken).ConfigureAwait(false))
        {
            removed += await core.Store.WriteAsync(unit => unit.RemoveRuleAsync(account, rule.Id), cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return removed;
    }

    private async Task<int> RequestsAsync(Principal principal, AddressTrace trace, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var request in await NamedRequests.FindAsync(core, principal.Account, trace, cancellationToken).ConfigureAwait(false))
        {
            var told = core.NewId<EventId>();
            removed += await core.Store.WriteAsync(
                async unit =>
                {
                    if (await unit.FindRequestAsync(principal.Account, request.Id).ConfigureAwait(false) is { Status: RequestStatus.Pending } open)
                    {
                        await core.RequestBook.ExpireAsync(unit, open, told).ConfigureAwait(false);
                    }

                    return await unit.ForgetRequestAsync(principal.Account, request.Id).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return removed;
    }

    private async Task<int> TextsAsync(AccountId account, AddressTrace trace, IReadOnlyCollection<MessageId> erased, CancellationToken cancellationToken)
    {
        var search = new EncodedSearch(trace);
        var ids = erased.Select(id => core.Ids.Format(id)).ToList();
        var changed = 0;
        foreach (var place in Enum.GetValues<TextPlace>())
        {
            bool Wanted(byte[] text) => place switch
            {
                TextPlace.Answer => search.IsIn(text) || ids.Exists(id => Encoding.UTF8.GetString(text).Contains(id, StringComparison.Ordinal)),
                _ => search.IsIn(text),
            };
            foreach (var old in await core.Store.TextsAsync(account, place, Wanted, cancellationToken).ConfigureAwait(false))
            {
                var text = RowsGo(place) ? null : Encoding.UTF8.GetBytes(IsJson(place) ? JsonWithout.Of(old, trace) : trace.Without(Encoding.UTF8.GetString(old)));
                changed += await core.Store.WriteAsync(unit => unit.ReplaceTextAsync(account, place, old, text), cancellationToken).ConfigureAwait(false);
            }
        }

        return changed;
    }

    private static bool RowsGo(TextPlace place) => place is TextPlace.NoticeAddress or TextPlace.AwaitedMessage or TextPlace.AnswerKey or TextPlace.Answer or TextPlace.Correspondent;

    private static bool IsJson(TextPlace place) => place is TextPlace.EventBody or TextPlace.TemplateVariables;

    /// <summary>Bytes that no message names any more: files of older drafts, and what failed units and killed processes left.</summary>
    private async Task LooseAsync(AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var search = new EncodedSearch(trace);
        byte[]? after = null;
        IReadOnlyList<byte[]> page;
        do
        {
            page = await core.Store.LooseRawAsync(account, after, Page, cancellationToken).ConfigureAwait(false);
            foreach (var sha256 in page)
            {
                after = sha256;
                if (await MessageSearch.RawAsync(core, account, sha256, cancellationToken).ConfigureAwait(false) is { } raw && search.IsIn(raw))
                {
                    await core.Store.WriteAsync(unit => unit.ForgetRawAsync(account, sha256), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        while (page.Count == Page);

        foreach (var sha256 in await core.Store.LeftoverRawAsync(account, search.IsIn, cancellationToken).ConfigureAwait(false))
        {
            await core.Store.WriteAsync(unit => unit.ForgetRawAsync(account, sha256), cancellationToken).ConfigureAwait(false);
        }

        await RawSweep.RunAsync(core, account, cancellationToken).ConfigureAwait(false);
    }

    private async Task LeafAsync(Principal principal, CancellationToken cancellationToken) => await core.Store.WriteAsync(
        async unit =>
        {
            await unit.AppendLeafAsync(core.Leaves.Simple(principal, LeafNames.PrivacyErased, Erased.ByWish) with { Result = "0" }).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    private async Task<bool> CompactAsync(CancellationToken cancellationToken)
    {
        while (await core.Store.IndexPendingAsync(Page, cancellationToken).ConfigureAwait(false) > 0)
        {
            // the index is written anew below, with nothing left to add
        }

        for (var i = 1; ; i++)
        {
            if (await core.Store.CompactAsync(cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            if (i == CompactTries)
            {
                return false;
            }

            await Task.Delay(CompactWait, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private enum Ending
    {
        /// <summary>It was over already.</summary>
        Over,
        Stopped,
        Leaving,
    }

    private sealed class Seen
    {
        public int Messages { get; private set; }

        public int Mentions { get; private set; }

        public int Stopped { get; set; }

        public int Leaving { get; set; }

        public HashSet<MessageId> Ids { get; } = [];

        public void Count(MessageId id, Naming how)
        {
            Ids.Add(id);
            if (how is Naming.Party)
            {
                Messages++;
            }
            else
            {
                Mentions++;
            }
        }
    }
}
