using MultiMail.Core.Privacy;

namespace MultiMail.Core.Storage;

/// <summary>Reads of export, erasure and retention of one address.</summary>
public interface IPrivacyReads
{
    /// <summary>Messages whose content is still there, in the order of their ids, with everything that is kept beside each.</summary>
    /// <param name="after">Exclusive; null = from the first.</param>
    ValueTask<IReadOnlyList<KeptMessage>> KeptMessagesAsync(AccountId account, MessageId? after, int limit, CancellationToken cancellationToken);

    /// <summary>The texts of a place that <paramref name="wanted"/> picks, each once, in UTF-8.</summary>
    ValueTask<IReadOnlyList<byte[]>> TextsAsync(AccountId account, TextPlace place, Func<byte[], bool> wanted, CancellationToken cancellationToken);

    /// <summary>Hashes of stored bytes that no message, revision or attachment names.</summary>
    /// <param name="after">Exclusive; null = from the first.</param>
    ValueTask<IReadOnlyList<byte[]>> LooseRawAsync(AccountId account, byte[]? after, int limit, CancellationToken cancellationToken);

    /// <summary>Received mail and mail whose way is over, from before this time, oldest first, as long as its content is still there.</summary>
    ValueTask<IReadOnlyList<MessageId>> OlderThanAsync(AccountId account, MailboxId mailbox, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Why a message's content is gone; null = it is there.</summary>
    ValueTask<string?> ErasedForAsync(AccountId account, MessageId message, CancellationToken cancellationToken);
}

/// <summary>Writes of export, erasure and retention of one address.</summary>
public interface IPrivacyWrites
{
    /// <summary>
    /// Takes a message's content away: its row keeps ids, times, sizes and state; every text becomes <see cref="Erased.Word"/> or nothing. Forms,
    /// files, source, head, opening, tags and words about it go. Bytes that another message has too stay for that one.
    /// </summary>
    /// <param name="reason">A code.</param>
    /// <returns>False when it was gone before.</returns>
    ValueTask<bool> EraseMessageAsync(AccountId account, MessageId message, string reason);

    /// <summary>Indexes of the log's leaves about a message.</summary>
    ValueTask<IReadOnlyList<long>> LeavesOfAsync(AccountId account, MessageId message);

    /// <summary>Makes the next attempt of a waiting delivery due now.</summary>
    ValueTask HastenAsync(AccountId account, MessageId message);

    /// <summary>Writes another text wherever the place holds this one.</summary>
    /// <param name="text">Null = the rows go.</param>
    /// <returns>How many rows.</returns>
    ValueTask<int> ReplaceTextAsync(AccountId account, TextPlace place, byte[] old, byte[]? text);

    /// <summary>Removes a request and what was decided about it.</summary>
    ValueTask<bool> ForgetRequestAsync(AccountId account, RequestId request);

    /// <summary>Removes stored bytes that nothing names.</summary>
    /// <returns>False when something does.</returns>
    ValueTask<bool> ForgetRawAsync(AccountId account, byte[] sha256);

    /// <summary>Deletes files of bytes that are no longer kept.</summary>
    /// <returns>How many; 0 = none is left.</returns>
    ValueTask<int> SweepRawAsync(AccountId account, int limit);
}
