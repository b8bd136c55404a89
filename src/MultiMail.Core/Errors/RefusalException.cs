namespace MultiMail.Core.Errors;

/// <summary>One thing wrong with a request.</summary>
/// <param name="Field">The wire name of the parameter, e.g. <c>to</c>.</param>
/// <param name="Fix">What to do about it, one sentence.</param>
/// <param name="Rule">The compliance rule, e.g. <c>CS-07</c>.</param>
public sealed record Violation(string Code, string Field, string Message, string Fix, string? Rule = null);

/// <summary>
/// A refusal that the caller can act on. Thrown in Core, caught only at an edge, where its code becomes a status.
/// Its texts are safe to show: no secret, no stack, no stranger's text.
/// </summary>
public sealed class RefusalException : Exception
{
    public RefusalException(string code, string message, string? fix = null, IReadOnlyList<Violation>? violations = null)
        : base(message)
    {
        Code = code;
        Fix = fix ?? ErrorCatalog.Of(code).Fix;
        Violations = violations ?? [];
    }

    /// <summary>A stable name out of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; }

    public string Fix { get; }

    public IReadOnlyList<Violation> Violations { get; }

    /// <summary>When the same would be taken; null where waiting does not help, or nobody knows how long.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The caller's one fault, or all of them: the code of the first, every violation listed.</summary>
    public static RefusalException For(IReadOnlyList<Violation> violations)
    {
        var first = violations[0];
        var message = violations.Count == 1 ? first.Message : $"{violations.Count} things are wrong with this request: {string.Join(" ", violations.Select(v => v.Message))}";
        var fix = violations.Count == 1 ? first.Fix : string.Join(" ", violations.Select(v => v.Fix).Distinct(StringComparer.Ordinal));
        return new RefusalException(first.Code, message, fix, violations);
    }

    public static RefusalException NotFound(string what) =>
        new(ErrorCodes.NotFound, $"There is no such {what}.");
}
