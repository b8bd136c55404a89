using System.Net;

namespace MultiMail.Mail;

/// <summary>A sender and the recipients taken so far (RFC 5321 §4.1.1.2).</summary>
internal sealed class SmtpTransaction
{
    private readonly List<string> _recipients = [];

    public SmtpTransaction(IPAddress client, string helo, string returnPath, bool tls) =>
        Envelope = new InboundEnvelope(client, helo, returnPath, _recipients, tls);

    public InboundEnvelope Envelope { get; }

    public int Recipients => _recipients.Count;

    public void Add(string recipient) => _recipients.Add(recipient);
}
