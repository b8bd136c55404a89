using System.Text;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace MultiMail.Mail;

/// <summary>One reply of a relay: class, enhanced code, text for people (RFC 5321 §4.2, RFC 2034).</summary>
internal sealed partial record RelayReply(int Basic, string Status, string Text)
{
    private const int LongestText = 500;

    /// <summary>RFC 5321 §3.8: the relay is about to close the connection, whatever it was asked.</summary>
    public bool IsClosing => Basic == 421;

    /// <summary>By the first digit alone (RFC 5321 §4.3.2); a digit that answers nothing is none.</summary>
    public ReplyClass? Class => (Basic / 100) switch
    {
        2 => ReplyClass.Accepted,
        4 => ReplyClass.Deferred,
        5 => ReplyClass.Refused,
        _ => null,
    };

    public static RelayReply Of(SmtpStatusCode code, string text, Secrets secrets)
    {
        var basic = (int)code;
        var match = EnhancedCode().Match(text);
        var status = match.Success && match.Value[0] - '0' == basic / 100 ? match.Value : $"{basic / 100}.0.0";
        return new RelayReply(basic, status, secrets.Withhold(text) ? $"{basic} (withheld: it repeats the sign-in)" : Line($"{basic} {text}"));
    }

    /// <summary>
    /// As the answer to a RCPT. RFC 5321 §4.5.3.1.10: a 552 that means too many recipients is to be read as 452.
    /// </summary>
    public RelayReply ForRecipient() => Basic == 552 && Status == "5.5.3" ? this with { Basic = 452, Status = "4.5.3" } : this;

    public RecipientReply To(string address, ReplyClass @class) => new(address, @class, Status, Text);

    private static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = rune.Value == '\n' ? " " : Printable.Show(rune);
            if (line.Length + shown.Length > LongestText)
            {
                break;
            }

            line.Append(shown);
        }

        return line.ToString();
    }

    [GeneratedRegex(@"^[245]\.[0-9]{1,3}\.[0-9]{1,3}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedCode();
}

/// <summary>What a relay's text must not carry on: a server may repeat what it was told when signing in.</summary>
internal sealed class Secrets
{
    private const int ShortestTold = 4;
    private readonly string[] _needles;

    public Secrets(RelayEndpoint relay)
    {
        string?[] all = relay is { User: { } user, Secret: { } secret }
            ? [secret, Base64(secret), Base64($"\0{user}\0{secret}"), Base64($"user={user}\u0001auth=Bearer {secret}\u0001\u0001")]
            : [];
        _needles = [.. all.OfType<string>().Where(n => n.Length >= ShortestTold)];
    }

    public bool Withhold(string text) => _needles.Any(n => text.Contains(n, StringComparison.Ordinal));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}
