using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Policy;

/// <param name="Cause">The newest mail that was read.</param>
internal sealed record Taint(bool Tainted, MessageId? Cause, IReadOnlyList<string> Flags)
{
    public static Taint None { get; } = new(Tainted: false, Cause: null, []);
}

/// <summary>
/// What strangers' text may have done to a submission. Answers to those who are in the conversation, without anything new in them,
/// are what mail is for; everything else that follows such reading waits for a person.
/// </summary>
internal sealed class TaintReading(CoreContext core)
{
    /// <summary>Of a longer conversation the newest; whoever was in it only before is a new recipient.</summary>
    private const int ThreadLength = 100;

    public async Task<Taint> ReadAsync(Principal principal, CheckedSubmission wanted, BodyLook body, RiskFacts facts, CancellationToken cancellationToken)
    {
        if (principal.Kind is PrincipalKind.Human)
        {
            return await StandingAsync(wanted, cancellationToken).ConfigureAwait(false);
        }

        var (thread, more) = await ThreadAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        var since = core.Clock.GetUtcNow() - UntrustedReads.Lasts;
        var reads = core.Reads.Recent(principal.Account, UntrustedReads.ReaderOf(principal), since).Concat(facts.Reads)
            .GroupBy(r => r.Message).Select(g => g.MaxBy(r => r.At)!).OrderByDescending(r => r.At).Take(UntrustedReads.Most).ToList();
        var inbound = thread.FirstOrDefault(m => m.Direction is Direction.Inbound);
        var conversation = Conversation(thread, wanted.Mailbox.Address, isWhole: !more);
        var before = wanted.Before is { Tainted: true } written ? written : null; // waiting does not wash a draft
        if (inbound is null && reads.Count == 0 && !more && before is null)
        {
            return Taint.None;
        }

        var flags = OfRecipients(wanted, body, conversation, facts).ToList();
        if (wanted.Attachments.Count > 0)
        {
            flags.Add(RiskCodes.TaintAttachment);
        }

        // What it was compared with may be forgotten by now, so what was found once stays found.
        if (RiskCodes.Split(before?.RiskFlags ?? string.Empty).Contains(RiskCodes.TaintForeignData, StringComparer.Ordinal) ||
            await RepeatsForeignAsync(principal.Account, wanted, body, conversation, reads, cancellationToken).ConfigureAwait(false))
        {
            flags.Add(RiskCodes.TaintForeignData);
        }

        var cause = reads.Count > 0 ? reads[0].Message : inbound?.Id;
        return new Taint(Tainted: true, cause ?? (before is null ? null : await CauseAsync(before, cancellationToken).ConfigureAwait(false)), flags);
    }

    /// <summary>A person's own words are the person's; what a person edits keeps what was found of it, for whoever looks next.</summary>
    private async Task<Taint> StandingAsync(CheckedSubmission wanted, CancellationToken cancellationToken) => wanted.Before is { Tainted: true } before
        ? new Taint(Tainted: true, await CauseAsync(before, cancellationToken).ConfigureAwait(false), [.. RiskCodes.Split(before.RiskFlags).Where(RiskCodes.IsTaint)])
        : Taint.None;

    private ValueTask<MessageId?> CauseAsync(Message message, CancellationToken cancellationToken) => core.Store.TaintCauseAsync(message.Account, message.Id, cancellationToken);

    /// <summary>
    /// The messages of a thread by those who are in it: whoever began it, and everybody whom one of them wrote to. Who joins it by naming
    /// one of its ids is a stranger, and so is what he wrote.
    /// </summary>
    /// <param name="newestFirst">Of the thread.</param>
    /// <param name="isWhole">Its beginning is among them.</param>
    private static List<Message> Conversation(IReadOnlyList<Message> newestFirst, string mailbox, bool isWhole)
    {
        var inside = new HashSet<string>(StringComparer.Ordinal) { AddressPattern.KeyOf(mailbox) };
        var said = new List<Message>();
        foreach (var message in newestFirst.Reverse())
        {
            var begins = isWhole && said.Count == 0;
            if (message.Direction is Direction.Outbound || begins || inside.Contains(AddressPattern.KeyOf(message.FromAddress)))
            {
                said.Add(message);
                inside.UnionWith(Parties(message).Select(AddressPattern.KeyOf));
            }
        }

        return said;
    }

    private static IEnumerable<string> Parties(Message message) => [message.FromAddress, .. message.To, .. message.Cc, .. message.Bcc];

    private async Task<(IReadOnlyList<Message> Messages, bool More)> ThreadAsync(Principal principal, CheckedSubmission wanted, CancellationToken cancellationToken)
    {
        if (wanted.Parent is not { } parent)
        {
            return ([], false);
        }

        var query = new MessageQuery(principal.Account, ThreadLength) { Thread = parent.Thread, World = principal.OwnWorld, NotStates = Visibility.HiddenInbound };
        var page = await core.Store.MessagesAsync(query, cancellationToken).ConfigureAwait(false);

        // What waits, or never left, makes nobody a participant: else a held mail would let the next one through.
        return ([.. page.Messages.Where(m => m.Direction is Direction.Inbound || MessageStates.HasLeft(m.State))], page.More);
    }

    private static IEnumerable<string> OfRecipients(CheckedSubmission wanted, BodyLook body, IReadOnlyList<Message> thread, RiskFacts facts)
    {
        var participants = thread.SelectMany(Parties)
            .Append(wanted.Mailbox.Address).Select(AddressPattern.KeyOf).ToHashSet(StringComparer.Ordinal);
        var recipients = wanted.Envelope.Select(r => AddressPattern.KeyOf(r.Address.AddrSpec)).ToList();
        if (!recipients.TrueForAll(participants.Contains))
        {
            yield return RiskCodes.TaintNewRecipient;
        }

        var domains = participants.Select(AddrSpecs.DomainOf).Concat(facts.Domains.Select(AddressPattern.KeyOf)).Append(LocalDomain.Name).ToHashSet(StringComparer.Ordinal);
        var named = new Lazy<HashSet<string>>(() => thread.SelectMany(m => BodyLook.Of(m.BodyText, null, null).Hosts).ToHashSet(StringComparer.Ordinal));
        if (recipients.Select(AddrSpecs.DomainOf).Concat(body.Hosts).Any(host => !IsOf(host, domains) && !named.Value.Contains(host)))
        {
            yield return RiskCodes.TaintNewDomain;
        }
    }

    private static bool IsOf(string host, HashSet<string> domains) =>
        domains.Contains(host) || domains.Any(domain => host.EndsWith("." + domain, StringComparison.Ordinal));

    private async Task<bool> RepeatsForeignAsync(
        AccountId account, CheckedSubmission wanted, BodyLook body, IReadOnlyList<Message> thread, IReadOnlyList<UntrustedRead> reads, CancellationToken cancellationToken)
    {
        var foreign = reads.Where(r => r.Thread != wanted.Parent?.Thread).Select(r => r.Message).ToList();
        return foreign.Count > 0 && ForeignText.Repeats(
            $"{wanted.Subject}\n{body.Text}",
            [.. thread.Select(m => m.BodyText)],
            await core.Store.BodyTextsAsync(account, foreign, cancellationToken).ConfigureAwait(false));
    }
}
