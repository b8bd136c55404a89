namespace MultiMail.Core.Notices;

/// <summary>Whether people are told by mail.</summary>
/// <param name="Address">Where notices go; null = nobody is told.</param>
/// <param name="From">As whom they leave; null = they cannot.</param>
/// <param name="Through">The mailbox hosted elsewhere whose relay carries them; null = the installation's relay.</param>
/// <param name="LastSentAt">When the last notice went out.</param>
/// <param name="FailedAt">When the last try failed, if none went out since.</param>
/// <param name="Problem">Why nobody is told now; null = nothing stands in the way.</param>
public sealed record NoticeStatus(
    string? Address, string? From, string? Through, DateTimeOffset? LastSentAt, DateTimeOffset? FailedAt, string? Failure, NoticeProblem? Problem);

/// <param name="Failure"><c>none</c> (no address is set), or one of <see cref="NoticeFailures"/>.</param>
public sealed record NoticeProblem(string Failure, string Sentence, string Fix);

/// <param name="Result"><c>sent</c>, <c>waiting</c> (it is tried again) or <c>failed</c>.</param>
public sealed record NoticeTest(string Result, string Detail);
