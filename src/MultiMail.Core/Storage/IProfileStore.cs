using MultiMail.Core.Profile;

namespace MultiMail.Core.Storage;

/// <summary>Reads of who sends, and where people are notified.</summary>
public interface IProfileReads
{
    /// <returns>Null when nobody set anything.</returns>
    ValueTask<SenderProfile?> ProfileAsync(AccountId account, CancellationToken cancellationToken);
}

/// <summary>Writes of who sends, and where people are notified.</summary>
public interface IProfileWrites
{
    ValueTask<SenderProfile?> FindProfileAsync(AccountId account);

    /// <summary>Replaces the account's profile.</summary>
    ValueTask SetProfileAsync(SenderProfile profile);
}
