namespace MultiMail.Mail;

public enum RelaySecurity
{
    /// <summary>TLS from the first byte (RFC 8314), port 465.</summary>
    ImplicitTls,

    /// <summary>STARTTLS or nothing (RFC 3207), port 587.</summary>
    StartTls,

    /// <summary>Clear text: to loopback only, and never with credentials.</summary>
    None,
}

/// <summary>A relay and how to sign in. Two are equal when all of it is.</summary>
/// <param name="User">Null = no sign-in.</param>
/// <param name="Secret">Password, or an OAuth 2 access token when <paramref name="OAuth"/>. Never printed.</param>
public sealed record RelayEndpoint(string Host, int Port, RelaySecurity Security, string? User = null, string? Secret = null, bool OAuth = false)
{
    /// <summary>PEM file of a private certification authority that is trusted for this relay beside none other; null = the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Without user and secret.</summary>
    public override string ToString() => $"{(Security is RelaySecurity.ImplicitTls ? "smtps" : "smtp")}://{Host}:{Port}";
}
