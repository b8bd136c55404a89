using System.Security.Cryptography;
using System.Text;
using MultiMail.Core.Crypto;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>
/// Seals relays and sources. The mailbox is part of the purpose: a row that somebody with the file moved to another mailbox does
/// not open there.
/// </summary>
internal sealed class LinkSeal(Sealer seal)
{
    private const string InstallationPurpose = "installation relay";

    public byte[] Seal(MailboxId mailbox, RelayEndpoint relay) => Write(EndpointText.Of(relay), RelayPurpose(mailbox));

    public byte[] Seal(MailboxId mailbox, ImapEndpoint source) => Write(EndpointText.Of(source), SourcePurpose(mailbox));

    public byte[] SealInstallation(RelayEndpoint relay) => Write(EndpointText.Of(relay), InstallationPurpose);

    /// <exception cref="CryptographicException">Another master key, another mailbox, or changed bytes.</exception>
    public OpenLink Open(MailboxLink link) => new(
        link.RelaySealed is { } relay ? RelayEndpoint.Parse(Read(relay, RelayPurpose(link.Mailbox))) : null,
        link.SourceSealed is { } source ? ImapEndpoint.Parse(Read(source, SourcePurpose(link.Mailbox))) : null);

    /// <exception cref="CryptographicException">Another master key, or changed bytes.</exception>
    public RelayEndpoint OpenInstallation(byte[] sealedRelay) => RelayEndpoint.Parse(Read(sealedRelay, InstallationPurpose));

    private static string RelayPurpose(MailboxId mailbox) => $"mailbox relay {mailbox.Value}";

    private static string SourcePurpose(MailboxId mailbox) => $"mailbox source {mailbox.Value}";

    private byte[] Write(string url, string purpose) => seal.Seal(Encoding.UTF8.GetBytes(url), purpose);

    private string Read(byte[] sealedUrl, string purpose) => Encoding.UTF8.GetString(seal.Open(sealedUrl, purpose));
}
