using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Mail;
using System.Text;

namespace MultiMail.Core.Identity;

/// <summary>What to go by beside what this installation knows itself.</summary>
/// <param name="Keys">Keys of other installations; the caller says whose they are. Nothing is fetched: an issuer's name in a message is a stranger's word.</param>
/// <param name="Recipient">Who got this copy; null = not asked.</param>
/// <param name="Dns">Where DKIM keys are; null = DKIM is not looked at.</param>
public sealed record VerificationWish(IReadOnlyList<IssuerKey>? Keys = null, string? Recipient = null, LogProof? Proof = null, IDnsResolver? Dns = null);

/// <summary>Checks where a message comes from: identity header, agent, DKIM. Nothing is stored.</summary>
public sealed class MailVerification
{
    /// <summary>Larger messages are not looked at.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <summary>
    /// The header alone. Each of its fields becomes an object several times the size of a small field, so megabytes of small fields
    /// would cost a gigabyte.
    /// </summary>
    public const int MaxHeaderBytes = 1024 * 1024;

    private readonly CoreContext _core;
    private readonly AgentDirectory _agents;

    internal MailVerification(CoreContext core, AgentDirectory agents) => (_core, _agents) = (core, agents);

    /// <summary>With the keys and agents of this installation.</summary>
    public async Task<Verification> VerifyAsync(Principal principal, ReadOnlyMemory<byte> message, VerificationWish wish, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        Bound(message);
        var own = await _core.SigningKeys.PublishedAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var (parts, claims) = await FindOwnAsync(message, own, [.. own, .. wish.Keys ?? []], wish, cancellationToken).ConfigureAwait(false);
        await AddDkimAsync(parts, message, wish.Dns, _core.Clock, cancellationToken).ConfigureAwait(false);
        return Verification.Of(parts, claims);
    }

    /// <summary>
    /// What the identity header of a message proves when it comes: with this installation's keys alone, and nobody is asked. DKIM stands
    /// beside it.
    /// </summary>
    /// <param name="recipient">As the envelope has it; null when nobody told us.</param>
    /// <returns>A word of <see cref="Verification.Overall"/>, or <see cref="MessageSource.NoIdentity"/>.</returns>
    internal async Task<string> OnArrivalAsync(AccountId account, ReadOnlyMemory<byte> message, string? recipient, CancellationToken cancellationToken)
    {
        if (RawFields.Split(message).Named(IdentityField.Name).Count == 0)
        {
            return MessageSource.NoIdentity;
        }

        if (message.Length > MaxBytes)
        {
            return Verification.Undetermined;
        }

        var own = await _core.SigningKeys.PublishedAsync(account, cancellationToken).ConfigureAwait(false);
        var (parts, claims) = await FindOwnAsync(message, own, own, new VerificationWish(Recipient: recipient), cancellationToken).ConfigureAwait(false);
        return Verification.Of(parts, claims).Overall;
    }

    /// <summary>Without an installation: only what the caller brings is known.</summary>
    public static async Task<Verification> VerifyAsync(ReadOnlyMemory<byte> message, VerificationWish wish, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        Bound(message);
        var findings = Find(message, wish.Keys ?? [], wish);
        var parts = findings.Parts.ToList();
        await AddDkimAsync(parts, message, wish.Dns, clock, cancellationToken).ConfigureAwait(false);
        return Verification.Of(parts, findings.Claims);
    }

    private async Task<(List<VerifiedPart> Parts, IdentityClaims? Claims)> FindOwnAsync(
        ReadOnlyMemory<byte> message, IReadOnlyList<IssuerKey> own, IReadOnlyList<IssuerKey> keys, VerificationWish wish, CancellationToken cancellationToken)
    {
        var findings = Find(message, keys, wish);
        var parts = findings.Parts.ToList();
        if (findings is { Claims.AgentId: { } agent, Key: { } key } && own.Contains(key))
        {
            parts.Add(Judge(await _agents.FindAsync(agent, cancellationToken).ConfigureAwait(false)));
        }

        return (parts, findings.Claims);
    }

    private static IdentityFindings Find(ReadOnlyMemory<byte> message, IReadOnlyList<IssuerKey> keys, VerificationWish wish) =>
        IdentityVerifier.Find(RawFields.Split(message), new VerificationBasis { Keys = keys, Recipient = wish.Recipient, Proof = wish.Proof });

    private static void Bound(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxBytes)
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, $"The message has more than {MaxBytes} bytes.");
        }

        if (message.Length > MaxHeaderBytes && !EndsHeader(message.Span[..MaxHeaderBytes]))
        {
            throw new RefusalException(ErrorCodes.MessageTooLarge, $"The header of the message has more than {MaxHeaderBytes} bytes.");
        }
    }

    private static bool EndsHeader(ReadOnlySpan<byte> start) =>
        start.IndexOf("\n\n"u8) >= 0 || start.IndexOf("\n\r\n"u8) >= 0 || start.StartsWith("\n"u8) || start.StartsWith("\r\n"u8);

    private static VerifiedPart Judge(AgentStatus? agent) => agent switch
    {
        null => new VerifiedPart("agent_status", PartResult.Fail, "there is no such agent here"),
        { Status: AgentStatus.Active } => new VerifiedPart("agent_status", PartResult.Pass),
        _ => new VerifiedPart("agent_status", PartResult.Fail, $"the agent is {agent.Status}"),
    };

    /// <summary>Of all signatures only those of the author's domain say something about the author.</summary>
    private static async Task AddDkimAsync(List<VerifiedPart> parts, ReadOnlyMemory<byte> message, IDnsResolver? dns, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (dns is null || AuthorDomain(message) is not { } author)
        {
            return;
        }

        var verdicts = (await DkimVerifier.VerifyAsync(message, dns, clock, cancellationToken).ConfigureAwait(false))
            .Where(verdict => verdict.Domain == author || author.EndsWith("." + verdict.Domain, StringComparison.Ordinal)).ToList();
        if (verdicts.Count == 0)
        {
            return;
        }

        var failed = verdicts.Find(verdict => verdict.Result is AuthResult.Fail);
        parts.Add(verdicts.Exists(verdict => verdict.Result is AuthResult.Pass)
            ? new VerifiedPart("dkim", PartResult.Pass)
            : new VerifiedPart("dkim", failed is null ? PartResult.Unknown : PartResult.Fail, (failed ?? verdicts[0]).Reason));
    }

    private static string? AuthorDomain(ReadOnlyMemory<byte> message)
    {
        var from = RawFields.Split(message).Named("from");
        return from.Count == 1 &&
            MailboxAddress.TryParse(Encoding.UTF8.GetString(from[0].ValueBytes).ReplaceLineEndings(string.Empty).Trim(), out var author, out _)
            ? author.Domain.ToLowerInvariant()
            : null;
    }
}
