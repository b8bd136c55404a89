namespace MultiMail.Core.Delivery;

/// <summary>A claimed job. It is worked on only while the lease and the fence hold.</summary>
/// <param name="Stage">0 = nothing tried under this job; 1 = the intent leaf is written, a byte may have left.</param>
public sealed record OutboxJob(AccountId Account, MessageId Message, int Revision, int Attempts, int Stage, long Fence, string Owner, DateTimeOffset LeaseUntil);
