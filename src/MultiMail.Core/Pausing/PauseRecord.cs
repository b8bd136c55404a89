namespace MultiMail.Core.Pausing;

/// <summary>Who stopped sending, when and why.</summary>
/// <param name="Mailbox">Null = the whole account.</param>
/// <param name="SetBy">Public id of the person or key.</param>
/// <param name="Reason">Their words, for people; never in the log. Empty when none were given.</param>
public sealed record PauseRecord(AccountId Account, MailboxId? Mailbox, string SetBy, DateTimeOffset SetAt, string Reason);

/// <summary>A pause that stands.</summary>
/// <param name="Mailbox">Its address; null = the whole account.</param>
public sealed record PauseView(string? MailboxId, string? Mailbox, string? PausedBy, DateTimeOffset PausedAt, string? Reason);

/// <summary>Everything that rests now; empty = nothing does.</summary>
public sealed record PauseList(IReadOnlyList<PauseView> Paused);
