using System.Text;

namespace MultiMail.Mail;

/// <summary>Writes verdicts as the value of an Authentication-Results field (RFC 8601 §2.2), one line of ASCII.</summary>
public static class AuthenticationResultsField
{
    /// <param name="authservId">Who says so: the name of this host.</param>
    public static string Format(MailAuthentication authentication, string authservId)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        var text = new StringBuilder(Value(authservId));
        if (authentication.Spf is { } spf)
        {
            Method(text, "spf", spf.Result, spf.Result is AuthResult.Pass ? string.Empty : spf.Reason);
            Property(text, spf.IsHelo ? "smtp.helo" : "smtp.mailfrom", spf.Domain);
        }

        foreach (var signature in authentication.Dkim)
        {
            Method(text, "dkim", signature.Result, signature.Reason);
            Property(text, "header.d", signature.Domain);
            Property(text, "header.i", signature.Identity);
            Property(text, "header.s", signature.Selector);
            Property(text, "header.a", signature.Algorithm);
        }

        if (authentication.Dkim.Count == 0)
        {
            Method(text, "dkim", AuthResult.None, string.Empty);
        }

        Method(text, "dmarc", authentication.Dmarc.Result, authentication.Dmarc.Reason);
        Property(text, "header.from", authentication.Dmarc.FromDomain);
        return text.ToString();
    }

    private static void Method(StringBuilder text, string name, AuthResult result, string reason)
    {
        text.Append("; ").Append(name).Append('=').Append(result.Word());
        if (reason.Length > 0)
        {
            text.Append(" reason=").Append(Quoted(reason));
        }
    }

    private static void Property(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Append(' ').Append(name).Append('=').Append(Value(value));
        }
    }

    // RFC 2045 token, or [local-part] "@" domain where no character could be taken for syntax.
    private static string Value(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@' or '+') ? value : Quoted(value);

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            var shown = c is >= ' ' and <= '~' ? c : '?';
            text.Append(shown is '"' or '\\' ? "\\" : string.Empty).Append(shown);
        }

        return text.Append('"').ToString();
    }
}
