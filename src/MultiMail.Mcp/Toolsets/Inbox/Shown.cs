using System.Buffers;

namespace MultiMail.Mcp.Toolsets.Inbox;

/// <summary>
/// Words of strangers that stand among the facts because a model needs them there: only in the plain form of their
/// kind, which holds no sentence.
/// </summary>
internal static class Shown
{
    private const int MaxAddress = 254; // RFC 5321 §4.5.3.1.3, less the angle brackets
    private const int MaxHost = 253; // RFC 1035 §3.1
    private const int MaxMediaType = 127;

    // RFC 5322 §3.2.3 atext, the dots and the domain literal's brackets.
    private static readonly SearchValues<char> AddressMarks = SearchValues.Create("!#$%&'*+-/=?^_`{|}~.@[]:");
    private static readonly SearchValues<char> HostMarks = SearchValues.Create("-_.:[]");
    private static readonly SearchValues<char> MediaTypeMarks = SearchValues.Create("!#$&-^_.+/");

    /// <summary>A quoted local part (RFC 5321 §4.1.2) can hold a whole speech.</summary>
    public static string Address(string address) => IsPlain(address, MaxAddress, AddressMarks) ? address : "[unusual address]";

    public static string? OptionalAddress(string? address) => address is null ? null : Address(address);

    public static string Host(string host) => IsPlain(host, MaxHost, HostMarks) ? host : "[unusual host]";

    /// <summary>The shape of RFC 6838 §4.2.</summary>
    public static string MediaType(string type) =>
        IsPlain(type, MaxMediaType, MediaTypeMarks) && type.Count(c => c == '/') == 1 ? type : "application/octet-stream";

    public static string Disposition(string disposition) => disposition is "attachment" or "inline" ? disposition : "other";

    private static bool IsPlain(string text, int max, SearchValues<char> marks) =>
        text.Length > 0 && text.Length <= max && text.All(c => char.IsLetterOrDigit(c) || marks.Contains(c));
}
