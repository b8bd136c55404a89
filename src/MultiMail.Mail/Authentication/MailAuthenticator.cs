namespace MultiMail.Mail;

/// <summary>SPF, DKIM and DMARC of a received message. No field of the message that claims such results is ever read.</summary>
public static class MailAuthenticator
{
    /// <summary>For all checks together.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    /// <summary>Never throws for what a message or a server says; what DNS does not answer in 20 s is temperror.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<MailAuthentication> EvaluateAsync(
        ReadOnlyMemory<byte> raw, AuthenticationContext context, IDnsResolver dns, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(dns);
        using var timer = new CancellationTokenSource(Most, clock);
        var bounded = new BoundedResolver(dns, timer.Token);
        var spf = context is { Client: { } client, ReturnPath: { } path }
            ? await SpfVerifier.CheckAsync(new SpfRequest(client, context.Helo ?? string.Empty, path), bounded, clock, cancellationToken).ConfigureAwait(false)
            : null;
        var dkim = await DkimVerifier.VerifyAsync(raw, bounded, clock, cancellationToken).ConfigureAwait(false);
        var author = AuthorDomain.Of(raw);
        var dmarc = author.Domain.Length == 0
            ? DmarcVerifier.Unusable(AuthResult.PermError, string.Empty, author.Fault)
            : await DmarcVerifier.CheckAsync(author.Domain, spf, dkim, bounded, cancellationToken).ConfigureAwait(false);
        return new MailAuthentication(spf, dkim, dmarc);
    }
}
