using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>Checks relays and sources that a caller gives. No fault repeats any part of what was given.</summary>
internal static class EndpointFields
{
    public const string Relay = "smtp_url";
    public const string Source = "imap_url";
    // Dovecot answers a wrong password up to 17 s late once there were some: that must not look like a server that is away.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    /// <summary>Null when none is given or it is wrong; then a fault names what to write.</summary>
    public static RelayEndpoint? ParseRelay(string? url, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return null;
        }

        if (!RelayEndpoint.TryParse(url, out var relay, out var fault))
        {
            faults.Invalid(Relay, $"{Relay} cannot be used.", fault);
        }

        return relay;
    }

    /// <inheritdoc cref="ParseRelay"/>
    public static ImapEndpoint? ParseSource(string? url, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return null;
        }

        if (!ImapEndpoint.TryParse(url, out var source, out var fault))
        {
            faults.Invalid(Source, $"{Source} cannot be used.", fault);
        }

        return source;
    }

    /// <summary>Where a mailbox's mail goes and comes from is chosen by a person, or an operator key, which stands for one.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>live_key_required</c></exception>
    public static void RequireRight(Principal principal)
    {
        if (principal.Kind is not (PrincipalKind.Human or PrincipalKind.Operator) || (principal.Kind is PrincipalKind.Operator && (principal.MaySend || principal.Mailboxes is not null)))
        {
            throw new RefusalException(
                ErrorCodes.ScopeMissing,
                "Where mail goes is chosen by a person, or by an operator key.",
                "Ask a person: `multimail mailbox link ADDRESS --smtp URL --imap URL`, or the page Settings.");
        }

        principal.RequireLive();
    }

    /// <summary>A key has no business with this machine's files: what ca= names is opened, and an answer could tell whether it is there.</summary>
    public static void RefuseFiles(Principal principal, OpenLink wanted, Faults faults)
    {
        foreach (var (field, file) in ((string, string?)[])[(Relay, wanted.Relay?.CaFile), (Source, wanted.Source?.CaFile)])
        {
            if (file is not null && principal.Kind is not PrincipalKind.Human)
            {
                faults.Invalid(field, $"{field} names a file with ca=, which only a person may.", "Leave ca= out, or ask a person: `multimail mailbox link ADDRESS --smtp URL --imap URL`.");
            }
        }
    }

    /// <summary>Signs in at both, at the same time, 20 s at most; a fault for each that refuses or does not answer.</summary>
    public static async Task ProveAsync(CoreContext core, RelayEndpoint? relay, ImapEndpoint? source, Faults faults, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(CheckAsync(core, relay, cancellationToken), CheckAsync(core, source, cancellationToken)).ConfigureAwait(false);
        Add(Relay, asked[0], faults);
        Add(Source, asked[1], faults);
    }

    /// <summary>Null when there is nothing to ask or nothing to ask with.</summary>
    public static Task<EndpointCheck?> CheckAsync(CoreContext core, RelayEndpoint? relay, CancellationToken cancellationToken) =>
        relay is null || core.Options.Transport is not { } transport
            ? Task.FromResult<EndpointCheck?>(null)
            : WithinAsync(core.Clock, token => transport.CheckAsync(relay, token), cancellationToken);

    /// <inheritdoc cref="CheckAsync(CoreContext, RelayEndpoint?, CancellationToken)"/>
    public static Task<EndpointCheck?> CheckAsync(CoreContext core, ImapEndpoint? source, CancellationToken cancellationToken) =>
        source is null || core.Options.Fetcher is not { } fetcher
            ? Task.FromResult<EndpointCheck?>(null)
            : WithinAsync(core.Clock, token => fetcher.CheckAsync(source, token), cancellationToken);

    private static void Add(string field, EndpointCheck? check, Faults faults)
    {
        if (check is { Works: false })
        {
            faults.Add(ErrorCodes.EndpointCheckFailed, field, $"{field} was tried and does not work ({check.Code}): {check.Detail}", EndpointAdvice.For(check.Code));
        }
    }

    private static async Task<EndpointCheck?> WithinAsync(TimeProvider clock, Func<CancellationToken, Task<EndpointCheck>> check, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await check(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EndpointCheck(Works: false, "unreachable", $"It did not answer within {AnswerWithin.TotalSeconds:0} seconds. After wrong passwords some servers take that long.");
        }
    }
}
