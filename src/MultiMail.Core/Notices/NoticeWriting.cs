using System.Globalization;
using MultiMail.Core.Node;
using MultiMail.Core.Profile;

namespace MultiMail.Core.Notices;

/// <summary>The fixed templates. Nothing that an agent or a stranger wrote enters: no text, no subject, no address but the account's own.</summary>
internal sealed class NoticeWriting(CoreContext core)
{
    private const int MostLinks = 10;
    private readonly NoticeReading _reading = new(core);

    /// <returns>Null when nothing is left to tell.</returns>
    public async Task<NoticeContent?> WriteAsync(NoticeJob job, SenderProfile profile, CancellationToken cancellationToken) => job.Kind switch
    {
        NoticeKinds.Test => Test(),
        NoticeKinds.AddressChange => Change(profile),
        _ => await GatheredAsync(job, cancellationToken).ConfigureAwait(false),
    };

    private static NoticeContent Test() => new(
        "MultiMail: a test", ["This is a test: notices reach you at this address.", "Nothing waits because of it."], "test:1");

    private NoticeContent? Change(SenderProfile profile) => profile is not { NotifyPending: not null, NotifyPendingAt: { } at } ? null : new(
        "MultiMail: notices are to go to another address",
        [
            "Somebody has set another address for the notices that you receive here.",
            $"It takes the place of yours on {Time(at)}.",
            "",
            "If that is not wanted, sign in before then and set your address again:",
            $"  {core.Options.PublicUrl}/profile",
        ],
        "address_change:1");

    private async Task<NoticeContent?> GatheredAsync(NoticeJob job, CancellationToken cancellationToken)
    {
        var gathered = await _reading.ReadAsync(job.Account, job.FromLeaf, job.ToLeaf, cancellationToken).ConfigureAwait(false);
        var names = await NamesAsync(job.Account, gathered, cancellationToken).ConfigureAwait(false);
        var parts = new List<(string Code, int Count, string Title, IEnumerable<string> Lines)>();
        if (job.Kind == NoticeKinds.Escalation)
        {
            parts.Add(("escalated", gathered.Escalated.Count, "Half of the time is over, and nobody has decided", Waiting(gathered.Escalated, names)));
        }
        else
        {
            var all = await core.Store.CountPendingAsync(new PendingQuery(job.Account, null, World.Live, null, null, null, null, 0), cancellationToken).ConfigureAwait(false);
            parts.Add(("pending", gathered.Pending.Count, $"New messages that wait for a person ({Number(all)} wait in all)", Waiting(gathered.Pending, names)));
            parts.Add(("requests", gathered.Requests.Count, "New requests that wait for a person", gathered.Requests.SelectMany(Request).Take(MostLinks)));
            parts.Add(("demoted", gathered.Demoted.Count, "Mailboxes that lost their freedom, and wait for a person from now on", gathered.Demoted.Select(d => $"  {Name(names, d.News.Mailbox)}: {NoticeWords.Code(d.Reason)}")));
            parts.Add(("monitored", gathered.Monitored.Count, "Messages sent without waiting, as the mode monitored allows", Shares(gathered.Monitored, names)));
        }

        parts.RemoveAll(p => p.Count == 0);
        return parts.Count == 0 ? null : new NoticeContent(
            Subject(parts[0].Code, parts[0].Count),
            [.. parts.SelectMany(p => (IEnumerable<string>)["", $"{p.Title}: {Number(p.Count)}", .. p.Lines]).Skip(1)],
            string.Join(',', parts.Select(p => $"{p.Code}:{Number(p.Count)}")));
    }

    private static string Subject(string code, int count) => (code, count) switch
    {
        ("escalated", 1) => "MultiMail: a message has waited for half of its time",
        ("escalated", _) => $"MultiMail: {Number(count)} messages have waited for half of their time",
        ("pending", 1) => "MultiMail: a message waits for you",
        ("pending", _) => $"MultiMail: {Number(count)} messages wait for you",
        ("requests", 1) => "MultiMail: a request waits for you",
        ("requests", _) => $"MultiMail: {Number(count)} requests wait for you",
        ("demoted", _) => "MultiMail: a mailbox was set back to waiting for a person",
        (_, 1) => "MultiMail: a message was sent without waiting",
        _ => $"MultiMail: {Number(count)} messages were sent without waiting",
    };

    private IEnumerable<string> Waiting(IReadOnlyList<NoticeNews> news, Dictionary<MailboxId, string> names) =>
        Shares(news, names).Concat(news.Take(MostLinks).Select(Link));

    private string Link(NoticeNews news) =>
        $"  {core.ApprovalUrl(news.Message!.Value)}{Until(news.Hold!.Kind == Directions.Name(Direction.Inbound) ? null : news.Hold.ExpiresAt)}"; // both are there: only what waits is listed

    private IEnumerable<string> Request(ChangeRequest request) =>
        [$"  {NoticeWords.Code(request.Kind)}: {core.RequestBook.Url(request.Id)}{Until(request.ExpiresAt)}"];

    private static IEnumerable<string> Shares(IReadOnlyList<NoticeNews> news, Dictionary<MailboxId, string> names) =>
        news.GroupBy(n => Name(names, n.Mailbox), StringComparer.Ordinal).OrderByDescending(g => g.Count()).Select(share => $"  {share.Key}: {Number(share.Count())}{Risk(share)}");

    private static string Risk(IEnumerable<NoticeNews> share)
    {
        var codes = RiskCodes.Sorted(share.SelectMany(n => RiskCodes.Split(n.Hold?.Risk ?? string.Empty)).Select(NoticeWords.Code));
        return codes.Count == 0 ? string.Empty : $" ({string.Join(", ", codes)})";
    }

    private async Task<Dictionary<MailboxId, string>> NamesAsync(AccountId account, Gathered gathered, CancellationToken cancellationToken)
    {
        var names = new Dictionary<MailboxId, string>();
        var all = gathered.Pending.Concat(gathered.Monitored).Concat(gathered.Escalated).Concat(gathered.Demoted.Select(d => d.News));
        foreach (var id in all.Select(n => n.Mailbox).OfType<MailboxId>().Distinct())
        {
            names[id] = (await core.Store.MailboxAsync(account, id, cancellationToken).ConfigureAwait(false))?.Address ?? core.Ids.Format(id);
        }

        return names;
    }

    private static string Name(Dictionary<MailboxId, string> names, MailboxId? mailbox) =>
        mailbox is { } id && names.TryGetValue(id, out var name) ? name : "account";

    private static string Until(DateTimeOffset? at) => at is { } time ? $"  until {Time(time)}" : string.Empty;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
