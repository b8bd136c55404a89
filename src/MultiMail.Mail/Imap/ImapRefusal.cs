namespace MultiMail.Mail;

/// <summary>Whether a server that says no means "never" or "not now".</summary>
internal static class ImapRefusal
{
    // RFC 9051 §7.1; THROTTLED is Outlook's and Yahoo's own.
    private static readonly string[] NotNow =
        ["[UNAVAILABLE", "[THROTTLED", "[INUSE", "[LIMIT", "[SERVERBUG", "[OVERQUOTA", "[CONTACTADMIN", "[ALERT] Too many", "Too many simultaneous", "Temporary", "try again"];

    private static readonly string[] Never = ["[AUTHENTICATIONFAILED", "[AUTHORIZATIONFAILED", "[EXPIRED", "[PRIVACYREQUIRED", "[NONEXISTENT", "[NOPERM"];

    /// <param name="status">The status line with its code.</param>
    public static bool IsTemporary(string status) =>
        Array.Exists(NotNow, code => Says(status, code)) && !Array.Exists(Never, code => Says(status, code));

    private static bool Says(string status, string code) => status.Contains(code, StringComparison.OrdinalIgnoreCase);
}
