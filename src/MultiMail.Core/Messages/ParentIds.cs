namespace MultiMail.Core.Messages;

/// <summary>Message-ID fields of strangers, as far as a line of ours can hold them (RFC 5322 §3.6.4).</summary>
internal static class ParentIds
{
    private const int MaxLength = 250;

    /// <summary>Null when there is none, or none that can be written: the answer is then sent without it.</summary>
    public static string? Writable(string? id) =>
        id is { Length: > 2 and <= MaxLength } && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && id.AsSpan().IndexOfAny('<', '>') < 0 ? id : null;
}
