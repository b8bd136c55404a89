namespace MultiMail.Mail;

/// <summary>The bytes that the parser gets: the raw ones, or a copy in which a limit was enforced or a repair made.</summary>
internal sealed record ParseCopy(ReadOnlyMemory<byte> Bytes, IReadOnlyList<string> Defects, bool HasNoHeader)
{
    public static ParseCopy Of(ReadOnlyMemory<byte> raw)
    {
        var defects = new HashSet<string>(StringComparer.Ordinal);
        var start = HeaderStart.Repair(raw, defects, out var hasNoHeader);
        var bytes = new ParseGuard(start, defects).Run();
        return new ParseCopy(bytes, [.. defects], hasNoHeader);
    }

    /// <summary>The whole message as the body of an empty one.</summary>
    public static ParseCopy AsText(ReadOnlyMemory<byte> raw) => new(HeaderStart.Before(raw.Span), ["header_unreadable"], HasNoHeader: true);
}
