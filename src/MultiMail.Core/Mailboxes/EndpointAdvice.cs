namespace MultiMail.Core.Mailboxes;

/// <summary>What to do about each code of an <see cref="Mail.EndpointCheck"/>.</summary>
internal static class EndpointAdvice
{
    public static string For(string code) => code switch
    {
        "unreachable" => "Check host and port, and that this machine may connect to it.",
        "not_secure" => "Use the port and scheme that the provider names (smtps:// on 465, smtp:// with ?starttls=required on 587, imaps:// on 993); for a private certification authority add ?ca=FILE.",
        "sign_in_refused" => "Check user and password. Gmail, Fastmail, iCloud and Yahoo want an app password, not the one of the account.",
        "no_such_folder" => "Name a folder that exists after the port, or none for INBOX.",
        _ => "Check that host and port are those of the provider's mail server.",
    };
}
