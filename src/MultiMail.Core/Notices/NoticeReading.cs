using MultiMail.Core.Node;

namespace MultiMail.Core.Notices;

/// <summary>What gathered in a stretch of the log and is still so.</summary>
internal sealed record Gathered
{
    /// <summary>Messages of strangers and of agents that wait for a person.</summary>
    public IReadOnlyList<NoticeNews> Pending { get; init; } = [];

    public IReadOnlyList<NoticeNews> Monitored { get; init; } = [];

    public IReadOnlyList<(NoticeNews News, string Reason)> Demoted { get; init; } = [];

    public IReadOnlyList<ChangeRequest> Requests { get; init; } = [];

    public IReadOnlyList<NoticeNews> Escalated { get; init; } = [];

    /// <summary>The last leaf that was looked at.</summary>
    public long UpTo { get; init; }

    /// <summary>How many leaves were looked at.</summary>
    public int Looked { get; init; }

    public bool HasSummary => Pending.Count + Monitored.Count + Demoted.Count + Requests.Count > 0;
}

/// <summary>Reads the audit log for what people are told: its order is the order of the commits, so nothing is passed over and nothing read twice.</summary>
internal sealed class NoticeReading(CoreContext core)
{
    /// <summary>Leaves of one name that are read in one round.</summary>
    private const int Most = 2_000;

    private static readonly string Held = LeafNames.Of(Leaf.SendHeld);
    private static readonly string HeldInbound = LeafNames.Of(Leaf.InboundHeld);
    private static readonly string Released = LeafNames.Of(Leaf.SendReleased);

    /// <param name="upTo">Inclusive.</param>
    public async Task<Gathered> ReadAsync(AccountId account, long after, long upTo, CancellationToken cancellationToken)
    {
        string[] names = [Held, HeldInbound, Released, LeafNames.ModeDemoted, LeafNames.RequestOpened, LeafNames.ApprovalEscalated];
        var all = new List<NoticeNews>();
        foreach (var name in names)
        {
            var some = await core.Store.NoticeNewsAsync(new NoticeNewsQuery(account, name, after, upTo, Most), cancellationToken).ConfigureAwait(false);
            upTo = some.Count == Most ? Math.Min(upTo, some[^1].Leaf) : upTo; // the rest is read from there on
            all.AddRange(some);
        }

        var news = all.Where(n => n.Leaf <= upTo).ToLookup(n => n.Name, StringComparer.Ordinal);
        return new Gathered
        {
            Pending = Once(news[Held].Concat(news[HeldInbound])),
            Monitored = [.. news[Released].Where(n => n.Live == true && Row(n).Mode == Modes.Name(Mode.Monitored))],
            Demoted = [.. news[LeafNames.ModeDemoted].Select(n => (n, Row(n).Reason ?? string.Empty))],
            Requests = await RequestsAsync(account, news[LeafNames.RequestOpened], cancellationToken).ConfigureAwait(false),
            Escalated = Once(news[LeafNames.ApprovalEscalated]),
            UpTo = all.Where(n => n.Leaf <= upTo).Select(n => n.Leaf).DefaultIfEmpty(after).Max(),
            Looked = all.Count,
        };
    }

    /// <summary>What still waits, each message once, newest first. Mail of test keys is nobody's mail.</summary>
    private static List<NoticeNews> Once(IEnumerable<NoticeNews> news) =>
        [.. news.Where(n => n is { Live: true, Hold: not null }).OrderByDescending(n => n.Leaf).DistinctBy(n => n.Message)];

    private async Task<List<ChangeRequest>> RequestsAsync(AccountId account, IEnumerable<NoticeNews> opened, CancellationToken cancellationToken)
    {
        var waiting = new List<ChangeRequest>();
        foreach (var news in opened)
        {
            if (core.Ids.TryParse<RequestId>(Row(news).Result, out var id) &&
                await core.Store.RequestAsync(account, id, cancellationToken).ConfigureAwait(false) is { Status: RequestStatus.Pending } request)
            {
                waiting.Add(request);
            }
        }

        return waiting;
    }

    private static AuditRow Row(NoticeNews news) => LeafReading.Parse(new AuditEntry(news.Leaf, news.At, news.Entry, new byte[32]));
}
