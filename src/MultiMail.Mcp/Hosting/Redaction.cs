using System.Text.RegularExpressions;

namespace MultiMail.Mcp.Hosting;

/// <summary>
/// The last guard of the log: whatever an exception or a library says, no secret and no address of mail gets out.
/// Our own log lines carry ids only. Generous on purpose: what merely looks like an address goes too.
/// </summary>
internal static partial class Redaction
{
    public const string Mark = "[redacted]";

    private const int TimeoutMilliseconds = 200;

    /// <summary>The same text without API keys, webhook secrets, sign-in links and addresses; only the mark if it cannot be searched in time.</summary>
    public static string Apply(string text)
    {
        try
        {
            return Address().Replace(SignIn().Replace(SignInLink().Replace(Secret().Replace(text, Mark), $"/login/{Mark}"), Mark), Mark);
        }
        catch (RegexMatchTimeoutException)
        {
            return Mark;
        }
    }

    [GeneratedRegex(@"(?:mm_(?:live|test)_|whsec_)[A-Za-z0-9_\-+/=]+", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex Secret();

    // User and password of a relay or mailbox URL, whatever is in them.
    [GeneratedRegex(@"(?<=\b(?:smtps?|imaps?)://)[^\s""'<>]*@", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeoutMilliseconds)]
    private static partial Regex SignIn();

    [GeneratedRegex(@"/login/[^\s""'<>?#]+", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex SignInLink();

    [GeneratedRegex(@"[^\s""'<>@,;:()\[\]{}=\\]+@[^\s""'<>@,;:()\[\]{}=\\]+", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex Address();
}
