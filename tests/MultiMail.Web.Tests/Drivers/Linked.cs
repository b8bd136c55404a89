using MultiMail.Core.Node;

namespace MultiMail.Web.Tests.Drivers;

/// <summary>A house that reaches other servers, which let in whoever has the canary as password.</summary>
public sealed class Linked
{
    public const string Canary = "canary-0815";
    public const string Address = "ann@example.net";
    public const string SmtpUrl = $"smtps://ann@example.net:{Canary}@smtp.example.net:465";
    public const string ImapUrl = $"imaps://ann@example.net:{Canary}@imap.example.net:993/INBOX";

    public StandInTransport Transport { get; } = new(Canary);

    public StandInDns Dns { get; } = new();

    public CoreOptions Options(byte[] key) => new() { MasterKey = key, Transport = Transport, Fetcher = new StandInSource(Canary), Dns = Dns };
}
