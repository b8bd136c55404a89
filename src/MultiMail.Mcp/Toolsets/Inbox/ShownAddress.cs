using System.Buffers;

namespace MultiMail.Mcp.Toolsets.Inbox;

/// <summary>
/// Addresses stand among the trusted facts. A quoted local part (RFC 5321 §4.1.2) can hold whole sentences, so only
/// the plain form is shown there.
/// </summary>
internal static class ShownAddress
{
    private const string Unusual = "[unusual address]";
    private const int MaxLength = 254; // RFC 5321 §4.5.3.1.3, less the angle brackets

    private static readonly SearchValues<char> Special = SearchValues.Create("!#$%&'*+-/=?^_`{|}~.@[]:");

    public static string Of(string address) =>
        address.Length is > 0 and <= MaxLength && address.All(c => char.IsLetterOrDigit(c) || Special.Contains(c)) ? address : Unusual;
}

/// <summary>A declared media type is a stranger's words too: only the shape of RFC 6838 §4.2 is shown.</summary>
internal static class ShownMediaType
{
    private const int MaxLength = 127;

    public static string Of(string type) =>
        type.Length <= MaxLength && type.Count(c => c == '/') == 1 && type.All(c => char.IsAsciiLetterOrDigit(c) || "!#$&-^_.+/".Contains(c, StringComparison.Ordinal))
            ? type
            : "application/octet-stream";
}
