namespace MultiMail.Core.Notices;

/// <summary>What a notice says: counts, codes, own addresses and links, made from closed values only.</summary>
/// <param name="Subject">Counts at most.</param>
/// <param name="Counts">For the log: <c>pending:3,monitored:1</c>.</param>
internal sealed record NoticeContent(string Subject, IReadOnlyList<string> Lines, string Counts);
