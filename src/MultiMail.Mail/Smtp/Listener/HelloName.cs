using System.Buffers;

namespace MultiMail.Mail;

/// <summary>What a client may call itself: a host name or an address literal, and what real clients write that is neither.</summary>
internal static class HelloName
{
    private const int Longest = 255;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]");

    public static bool IsValid(string text) => text.Length is > 0 and <= Longest && !text.AsSpan().ContainsAnyExcept(Allowed);
}
