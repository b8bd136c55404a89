namespace MultiMail.Storage;

/// <summary>Pages of messages: one row more than asked for tells whether there are more.</summary>
internal static class MessageLists
{
    private const int MostCounted = 10_001;

    public static MessagePage List(SqliteDb db, MessageQuery query)
    {
        var ((page, count), one) = query switch
        {
            { Thread: not null } => ((MessageListSql.PageInThread, MessageListSql.CountInThread), null),
            { Mailboxes: [var only] } => ((MessageListSql.PageInMailbox, MessageListSql.CountInMailbox), (long?)only.Value),
            _ => ((MessageListSql.PageInAny, MessageListSql.CountInAny), null),
        };
        var rows = Limit(One(Conditions(db.Prepare(page), query, query.Cursor)), query.Limit + 1).All(MessageRows.Message);
        var total = Limit(One(Conditions(db.Prepare(count), query, cursor: null)), MostCounted).First(static s => s.Int());
        return Page(rows, query.Limit, total);

        Statement One(Statement s) => one is { } mailbox ? s.Bind(mailbox) : s;
    }

    public static MessagePage Search(SqliteDb db, MessageQuery query, SearchTerms terms)
    {
        if (FtsQuery.Of(terms) is not { } match)
        {
            return List(db, query);
        }

        var (page, count) = match.Excludes
            ? (MessageListSql.PageWithoutWords, MessageListSql.CountWithoutWords)
            : (MessageListSql.PageByWords, MessageListSql.CountByWords);
        var rows = Limit(Conditions(Words(page, query.Cursor), query, cursor: null), query.Limit + 1).All(MessageRows.Message);
        var total = Limit(Conditions(Words(count, cursor: null), query, cursor: null), MostCounted).First(static s => s.Int());
        return Page(rows, query.Limit, total);

        // Found messages come in the order of their ids, so the cursor is one.
        Statement Words(string sql, (DateTimeOffset At, MessageId Id)? cursor) => db.Prepare(sql).Bind(match.Text).Bind(cursor?.Id.Value ?? long.MaxValue);
    }

    private static MessagePage Page(List<Message> rows, int limit, int total)
    {
        var more = rows.Count > limit;
        if (more)
        {
            rows.RemoveAt(limit);
        }

        return new MessagePage(rows, more, total);
    }

    private static Statement Limit(Statement statement, int limit) => statement.Bind(limit);

    /// <summary>Binds what <see cref="MessageListSql"/> names in its conditions, in that order.</summary>
    private static Statement Conditions(Statement s, MessageQuery q, (DateTimeOffset At, MessageId Id)? cursor)
    {
        var (fromAt, fromId) = Later(Key(q.After) ?? (long.MinValue, 0), q.Since is { } since ? (since.ToUnixTimeMilliseconds(), long.MinValue) : (long.MinValue, 0));
        var (toAt, toId) = Earlier(Key(cursor) ?? (long.MaxValue, 0), q.Before is { } before ? (before.ToUnixTimeMilliseconds(), long.MinValue) : (long.MaxValue, 0));
        return s.Bind(q.Account.Value).Bind(fromAt).Bind(fromId).Bind(toAt).Bind(toId)
            .Bind(q.World is { } world ? world is World.Live : null)
            .Bind(q.Direction is { } direction ? EnumNames<Direction>.Of(direction) : null)
            .Bind(q.Folder is { } folder ? EnumNames<Folder>.Of(folder) : null)
            .Bind(TextLists.WriteStates(q.States)).Bind(TextLists.WriteStates(q.NotStates))
            .Bind(q.UnsentOf).Bind(q.Unread).Bind(q.HasAttachments).Bind(q.From).Bind(q.To).Bind(q.Subject).Bind(q.Tag).Bind(q.TagValue)
            .Bind(q.Thread?.Value).Bind(TextLists.WriteIds(q.Mailboxes));
    }

    private static (long At, long Id)? Key((DateTimeOffset At, MessageId Id)? place) =>
        place is { } p ? (p.At.ToUnixTimeMilliseconds(), p.Id.Value) : null;

    private static (long At, long Id) Later((long At, long Id) a, (long At, long Id) b) => a.CompareTo(b) >= 0 ? a : b;

    private static (long At, long Id) Earlier((long At, long Id) a, (long At, long Id) b) => a.CompareTo(b) <= 0 ? a : b;
}
