using System.Collections.Frozen;
using System.Text;

namespace MultiMail.Mail;

/// <summary>What kind of field some bytes begin.</summary>
internal static class FieldName
{
    private static readonly FrozenSet<string> AddressFields = FrozenSet.ToFrozenSet(
        ["from", "to", "cc", "bcc", "reply-to", "sender", "resent-from", "resent-to", "resent-cc", "resent-bcc", "resent-sender", "resent-reply-to", "disposition-notification-to"],
        StringComparer.OrdinalIgnoreCase);

    public static bool IsContentType(ReadOnlySpan<byte> field) => Ascii.EqualsIgnoreCase(Of(field), "content-type"u8);

    public static bool IsContent(ReadOnlySpan<byte> field)
    {
        var name = Of(field);
        return name.Length > 8 && Ascii.EqualsIgnoreCase(name[..8], "content-"u8);
    }

    public static bool IsAddresses(ReadOnlySpan<byte> field) => AddressFields.Contains(Encoding.Latin1.GetString(Of(field)));

    public static bool IsIds(ReadOnlySpan<byte> field)
    {
        var name = Of(field);
        return Ascii.EqualsIgnoreCase(name, "references"u8) || Ascii.EqualsIgnoreCase(name, "in-reply-to"u8);
    }

    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> field)
    {
        var head = field[..Math.Min(field.Length, 80)];
        var colon = head.IndexOf((byte)':');
        return colon < 0 ? [] : head[..colon].TrimEnd(" \t"u8);
    }
}
