namespace MultiMail.Mail;

/// <summary>
/// What a parser of somebody else's throws on bytes it did not foresee. Reading must not fail, so these become a defect;
/// running out of memory, a cancelled operation and the like stay what they are.
/// </summary>
internal static class ParserFaults
{
    public static bool IsExpected(Exception exception) => exception is FormatException or ArgumentException or InvalidOperationException
        or IndexOutOfRangeException or NotSupportedException or OverflowException or NullReferenceException or InvalidCastException
        or KeyNotFoundException or IOException;
}
