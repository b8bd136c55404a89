namespace MultiMail.Core.Storage;

/// <summary>One folder that feeds one mailbox.</summary>
/// <param name="Source">User, host, port and folder, without a secret.</param>
public sealed record ImapSourceKey(AccountId Account, MailboxId Mailbox, string Source);

/// <summary>How far a folder has been fetched, in plain values (RFC 3501, section 2.3.1.1).</summary>
/// <param name="UidValidity">The numbering that the UIDs belong to.</param>
/// <param name="LastUid">Everything up to here has been dealt with.</param>
/// <param name="Since">Mail that came to the folder earlier is left alone.</param>
/// <param name="RelistTo">Up to here the folder is gone through again, because its numbering changed; 0 = no.</param>
public sealed record FolderPosition(uint UidValidity, uint LastUid, DateTimeOffset? Since, uint RelistTo);

/// <summary>A message that could not be fetched and was passed over.</summary>
public sealed record QuarantinedUid(MailboxId Mailbox, string Source, uint UidValidity, uint Uid, DateTimeOffset At, string Reason);

/// <summary>The right to do by oneself what several nodes could do.</summary>
/// <param name="Fence">Rises with each new owner.</param>
public sealed record StoreLease(string Name, string Owner, long Fence);

public interface IImapReads
{
    ValueTask<FolderPosition?> ImapPositionAsync(ImapSourceKey key, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<QuarantinedUid>> QuarantinedUidsAsync(AccountId account, int limit, CancellationToken cancellationToken);
}

public interface IImapWrites
{
    /// <summary>Takes a lease that is free, has run out, or is this owner's already; null when another holds it.</summary>
    ValueTask<StoreLease?> ClaimLeaseAsync(string name, string owner, TimeSpan length);

    /// <summary>True while owner and fence still stand. Checked first in every unit of the owner.</summary>
    ValueTask<bool> HoldsLeaseAsync(StoreLease lease);

    ValueTask ReleaseLeaseAsync(StoreLease lease);

    ValueTask SetImapPositionAsync(ImapSourceKey key, FolderPosition position);

    /// <summary>Notes it once.</summary>
    ValueTask QuarantineUidAsync(ImapSourceKey key, uint uidValidity, uint uid, string reason);

    /// <summary>Whether the mailbox has inbound mail under this key.</summary>
    ValueTask<bool> HasArrivedAsync(AccountId account, MailboxId mailbox, string dedupeKey);
}
