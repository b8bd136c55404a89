using System.Security.Cryptography;

namespace MultiMail.Mail;

/// <summary>
/// Checks DKIM signatures (RFC 6376, RFC 8301, RFC 8463) over the octets as they came; LF alone counts as a line end. Never throws
/// for what a message or a server says. Stricter than the standard where verifiers disagree: no l=, no blank and one @ in i=.
/// </summary>
public static class DkimVerifier
{
    private const string FieldName = "DKIM-Signature";
    private const int MaxSignatures = 10;
    private const int MaxKeyRecords = 3;
    private const int MaxAddress = 320;

    /// <returns>A verdict per signature from the top, at most ten; empty when there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<IReadOnlyList<DkimVerdict>> VerifyAsync(ReadOnlyMemory<byte> raw, IDnsResolver dns, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dns);
        ArgumentNullException.ThrowIfNull(clock);
        var message = new MessageUnderCheck(RawFields.Split(raw));
        var verdicts = new List<DkimVerdict>();
        for (var i = 0; i < message.Fields.Fields.Count && verdicts.Count < MaxSignatures; i++)
        {
            if (message.Fields.Fields[i].Is(FieldName))
            {
                var signature = VerifiedSignature.Parse(message.Fields.Fields[i].ValueBytes, clock.GetUtcNow());
                var (fault, testing) = await CheckAsync(message, i, signature, dns, cancellationToken).ConfigureAwait(false);
                verdicts.Add(Verdict(signature, fault, testing));
            }
        }

        return verdicts;
    }

    private static DkimVerdict Verdict(VerifiedSignature signature, DkimFault? fault, bool testing)
    {
        // §3.6.1: a signature that fails under a key on trial counts as none. One that passes proves the domain all the same.
        var result = fault is { Result: AuthResult.Fail } && testing ? AuthResult.Neutral : fault?.Result ?? AuthResult.Pass;
        return new DkimVerdict(
            result,
            Shown(signature.Domain),
            Shown(signature.Selector),
            Shown(signature.Identity),
            Shown(signature.Algorithm),
            fault?.Reason ?? string.Empty,
            [.. signature.SignedHeaders.Select(Printable.Shorten)],
            testing);
    }

    // Whole where a policy may compare it; what could be no address is for people to look at only.
    private static string Shown(string text) => text.Length <= MaxAddress && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? text : Printable.Shorten(text);

    private static async ValueTask<(DkimFault? Fault, bool Testing)> CheckAsync(
        MessageUnderCheck message, int index, VerifiedSignature signature, IDnsResolver dns, CancellationToken cancellationToken)
    {
        if (signature.Fault is { } wrong)
        {
            return (wrong, false);
        }

        var answer = await dns.QueryAsync($"{signature.Selector}._domainkey.{signature.Domain}", DnsType.Text, cancellationToken).ConfigureAwait(false);
        switch (answer.Outcome)
        {
            case DnsOutcome.TemporaryFailure:
                return (new DkimFault(AuthResult.TempError, "DNS did not answer for the key"), false);
            case DnsOutcome.NoSuchName or DnsOutcome.NoData:
                return (DkimFault.Permanent("there is no key of this name"), false);
            default:
                return CheckKeys(message, index, signature, answer.Records);
        }
    }

    // §6.1.2: one record is the rule; of several any may be the one.
    private static (DkimFault? Fault, bool Testing) CheckKeys(MessageUnderCheck message, int index, VerifiedSignature signature, IReadOnlyList<string> records)
    {
        (DkimFault? Fault, bool Testing)? first = null;
        foreach (var record in records.Take(MaxKeyRecords))
        {
            var key = VerifierKey.Parse(record, signature, out var fault);
            fault = key is null ? fault : Check(message, index, signature, key);
            if (fault is null)
            {
                return (null, key!.Testing); // no fault, so there is a key
            }

            first ??= (fault, key?.Testing ?? false);
        }

        return first ?? (DkimFault.Permanent("there is no key of this name"), false);
    }

    private static DkimFault? Check(MessageUnderCheck message, int index, VerifiedSignature signature, VerifierKey key) =>
        CryptographicOperations.FixedTimeEquals(message.BodyHash(signature.BodyForm), signature.BodyHash)
            ? key.Verify(signature, message.HeaderHash(index, signature))
            : DkimFault.Fail("the body was changed");
}
