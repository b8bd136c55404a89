namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    private static readonly string[] RemovedWithContent =
    [
        DraftSql.RemoveAttachments, DraftSql.Remove, PrivacySql.RemoveRevisions, PrivacySql.RemoveTags, PrivacySql.RemoveSource, PrivacySql.RemoveHeads,
        PrivacySql.RemoveOpening, PrivacySql.RemoveJobs, PrivacySql.BlankIntents, PrivacySql.BlankReasons,
    ];

    public ValueTask<bool> EraseMessageAsync(AccountId account, MessageId message, string reason)
    {
        var (a, id) = (account.Value, message.Value);
        var place = Use(PrivacySql.Place).Bind(a).Bind(id).First(static s => (Mailbox: s.Long(), Thread: s.Long(), Unread: s.Flag(), Raw: s.Blob()));
        if (place.Thread == 0 || Use(PrivacySql.NoteErased).Bind(a).Bind(id).Bind(reason).Bind(now).Run() == 0)
        {
            return ValueTask.FromResult(false);
        }

        var raw = RawOf(account, message, place.Raw);
        Use(PrivacySql.Blank).Bind(Erased.Word).Bind(a).Bind(id).Run();
        Use(PrivacySql.BlankRecipients).Bind(Erased.Word).Bind(a).Bind(id).Run();
        foreach (var sql in RemovedWithContent)
        {
            Use(sql).Bind(a).Bind(id).Run();
        }

        raw.ForEach(sha256 => ForgetRaw(account, sha256));
        if (place.Unread)
        {
            Use(MailboxSql.AddUnread).Bind(-1).Bind(a).Bind(place.Mailbox).Run();
            Use(PrivacySql.CountRead).Bind(a).Bind(place.Thread).Run();
        }

        Use(PrivacySql.RenameThread).Bind(place.Thread).Bind(a).Bind(Erased.Word).Run();
        return ValueTask.FromResult(true);
    }

    public ValueTask<IReadOnlyList<long>> LeavesOfAsync(AccountId account, MessageId message) => ValueTask.FromResult<IReadOnlyList<long>>(
        Use(PrivacySql.Leaves).Bind(account.Value).Bind(message.Value).All(static s => s.Long()));

    public ValueTask HastenAsync(AccountId account, MessageId message)
    {
        Use(PrivacySql.HastenRecipients).Bind(now).Bind(account.Value).Bind(message.Value).Run();
        return Done(Use(PrivacySql.Hasten).Bind(now).Bind(account.Value).Bind(message.Value).Run());
    }

    public ValueTask<int> ReplaceTextAsync(AccountId account, TextPlace place, byte[] old, byte[]? text)
    {
        var sql = text is null ? PrivacyPlaces.Remove(place) : PrivacyPlaces.Set(place);
        if (sql is null)
        {
            throw new ArgumentException("In this place rows go, or texts are replaced: the other way is not there.", nameof(text));
        }

        var statement = Use(sql);
        if (text is not null)
        {
            statement.Bind(text);
        }

        return ValueTask.FromResult(statement.Bind(account.Value).Bind(old).Run());
    }

    public ValueTask<bool> ForgetRequestAsync(AccountId account, RequestId request)
    {
        Use(PrivacySql.RemoveRequestDecisions).Bind(account.Value).Bind(request.Value).Run();
        return IfOne(Use(PrivacySql.RemoveRequest).Bind(account.Value).Bind(request.Value).Run());
    }

    public ValueTask<bool> ForgetRawAsync(AccountId account, byte[] sha256)
    {
        var gone = ForgetRaw(account, sha256);
        if (!gone && Use(PrivacySql.IsKept).Bind(account.Value).Bind(sha256).First(static s => s.Long()) == 0)
        {
            Use(PrivacySql.NoteGone).Bind(account.Value).Bind(sha256).Run(); // a file without a row
            gone = true;
        }

        return ValueTask.FromResult(gone);
    }

    /// <summary>
    /// Here, on the one thread that stores bytes and inside the gate: whoever stores the same bytes again does it before, and the row is
    /// there, or after, and finds no file. A unit that is undone has deleted nothing that a row names.
    /// </summary>
    public ValueTask<int> SweepRawAsync(AccountId account, int limit)
    {
        var gone = Use(PrivacySql.Gone).Bind(account.Value).Bind(limit).All(static s => s.Blob());
        foreach (var sha256 in gone)
        {
            if (Use(PrivacySql.IsKept).Bind(account.Value).Bind(sha256).First(static s => s.Long()) == 0)
            {
                blobs.Delete(account, sha256);
            }

            Use(PrivacySql.ForgetGone).Bind(account.Value).Bind(sha256).Run();
        }

        return ValueTask.FromResult(gone.Count);
    }

    private List<byte[]> RawOf(AccountId account, MessageId message, byte[] newest)
    {
        List<byte[]> raw =
        [
            newest,
            .. Use(PrivacySql.Revisions).Bind(account.Value).Bind(message.Value).All(static s => s.Blob()),
            .. Use(PrivacySql.Attachments).Bind(account.Value).Bind(message.Value).All(static s => s.Blob()),
            .. PrivacyRows.Files(db, account, message),
        ];
        return [.. raw.Where(r => r.Length > 0).DistinctBy(Convert.ToHexString, StringComparer.Ordinal)];
    }

    private bool ForgetRaw(AccountId account, byte[] sha256)
    {
        if (Use(PrivacySql.RemoveRaw).Bind(account.Value).Bind(sha256).Run() == 0)
        {
            return false;
        }

        Use(PrivacySql.NoteGone).Bind(account.Value).Bind(sha256).Run();
        return true;
    }
}
