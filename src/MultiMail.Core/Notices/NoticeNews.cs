namespace MultiMail.Core.Notices;

/// <param name="After">Exclusive; -1 = from the first leaf on.</param>
/// <param name="UpTo">Inclusive.</param>
public sealed record NoticeNewsQuery(AccountId Account, string Name, long After, long UpTo, int Limit);

/// <summary>A leaf of which people are told, with the hold that is open now.</summary>
/// <param name="Live">Whether the message it is about is of the live world; null = it is about none, or it was erased.</param>
/// <param name="Hold">Null = nothing waits, any more.</param>
public sealed record NoticeNews(long Leaf, string Name, DateTimeOffset At, byte[] Entry, MailboxId? Mailbox, MessageId? Message, bool? Live, NoticeHold? Hold);

/// <param name="Kind"><c>outbound</c> or <c>inbound</c>.</param>
/// <param name="Risk">Codes, separated by commas.</param>
public sealed record NoticeHold(string Kind, string Risk, DateTimeOffset ExpiresAt);
