using System.Buffers.Binary;
using System.Buffers.Text;

namespace MultiMail.Core.Text;

/// <summary>Opaque page cursors: one or two numbers, base64url. They name a row, not an offset, so inserts do not move a page.</summary>
internal static class Cursors
{
    public static string Of(long value) => Encode([value]);

    public static string Of(DateTimeOffset at, long id) => Encode([at.ToUnixTimeMilliseconds(), id]);

    /// <exception cref="RefusalException"><c>invalid_cursor</c></exception>
    public static long? Number(string? cursor) => cursor is null ? null : Decode(cursor, 1)[0];

    /// <exception cref="RefusalException"><c>invalid_cursor</c></exception>
    public static (DateTimeOffset At, long Id)? TimeAndId(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var numbers = Decode(cursor, 2);
        if (numbers[0] is < 0 or > 253_402_300_799_999)
        {
            throw Invalid();
        }

        return (DateTimeOffset.FromUnixTimeMilliseconds(numbers[0]), numbers[1]);
    }

    private static string Encode(ReadOnlySpan<long> numbers)
    {
        var bytes = new byte[numbers.Length * 8];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * 8), numbers[i]);
        }

        return Base64Url.EncodeToString(bytes);
    }

    private static long[] Decode(string cursor, int count)
    {
        var bytes = new byte[count * 8];
        if (!Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written) || written != bytes.Length)
        {
            throw Invalid();
        }

        var numbers = new long[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(i * 8));
        }

        return numbers;
    }

    private static RefusalException Invalid() => new(ErrorCodes.InvalidCursor, "This cursor was not made here.");
}
