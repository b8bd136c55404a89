using System.IO.Pipelines;

namespace MultiMail.Mail;

/// <summary>
/// The server's side of the TLS handshake over <paramref name="clear"/>, after the 220 to STARTTLS (RFC 3207). The host owns both pipes.
/// </summary>
/// <returns>The pipe of the secured connection, holding nothing yet.</returns>
/// <exception cref="IOException">The handshake failed; the session ends.</exception>
public delegate ValueTask<IDuplexPipe> SmtpTlsUpgrade(IDuplexPipe clear, CancellationToken cancellationToken);
