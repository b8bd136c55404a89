using System.Text.RegularExpressions;

namespace MultiMail.Core.Mailboxes;

/// <summary>The name an agent signs with: <c>^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$</c>.</summary>
public static partial class AgentIds
{
    public static bool IsValid(string text) => Pattern().IsMatch(text);

    /// <summary>The local part of an address as an agent id, where it can be one.</summary>
    public static string? FromLocalPart(string localPart)
    {
        var lower = localPart.ToLowerInvariant();
        return IsValid(lower) ? lower : null;
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
