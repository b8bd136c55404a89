namespace MultiMail.Mail;

/// <summary>check_host() of RFC 7208 §4, once. Limits count over all included and redirected records together.</summary>
internal sealed class SpfCheck(SpfSender sender, IDnsResolver dns, TimeProvider clock, CancellationToken cancellationToken)
{
    private const int MaxExplanation = 1_000;

    private readonly SpfLookups lookups = new(dns, sender.Client, cancellationToken);

    private SpfExpansion Expansion => field ??= new SpfExpansion(sender, lookups, clock);

    public async Task<(AuthResult Result, string Reason, string? Explanation)> RunAsync()
    {
        try
        {
            var answer = await EvaluateAsync(sender.Domain).ConfigureAwait(false);
            var explanation = answer is { Result: AuthResult.Fail, Explanation: { } text }
                ? await ExplainAsync(text, answer.Domain).ConfigureAwait(false)
                : null;
            return (answer.Result, answer.Reason, explanation);
        }
        catch (SpfStop stop)
        {
            return (stop.Result, stop.Message, null);
        }
    }

    /// <param name="Domain">Whose record decided, after redirect=.</param>
    private readonly record struct Answer(AuthResult Result, string Reason, string Domain = "", SpfMacro? Explanation = null);

    private async Task<Answer> EvaluateAsync(string domain)
    {
        var record = await RecordAsync(domain).ConfigureAwait(false);
        if (record is null)
        {
            return new Answer(AuthResult.None, $"{Printable.Shorten(domain)} has no SPF record");
        }

        while (true)
        {
            foreach (var directive in record.Directives)
            {
                if (await MatchesAsync(directive, domain).ConfigureAwait(false))
                {
                    var mechanism = directive.Mechanism.ToString().ToLowerInvariant();
                    return new Answer(directive.Qualifier, $"{mechanism} of {Printable.Shorten(domain)}", domain, record.Explanation);
                }
            }

            if (record.Redirect is null)
            {
                return new Answer(AuthResult.Neutral, $"nothing in the record of {Printable.Shorten(domain)} matches");
            }

            // §6.1: the other record is taken instead of this one, exp= included; its absence is an error.
            lookups.CountTerm();
            domain = await Expansion.NameAsync(record.Redirect, domain).ConfigureAwait(false);
            record = await RecordAsync(domain).ConfigureAwait(false);
            if (record is null)
            {
                return new Answer(AuthResult.PermError, $"redirect to {Printable.Shorten(domain)}, which has no SPF record");
            }
        }
    }

    private async ValueTask<SpfRecord?> RecordAsync(string domain)
    {
        var answer = await lookups.TextAsync(domain).ConfigureAwait(false);
        if (answer.Outcome is DnsOutcome.TemporaryFailure)
        {
            throw new SpfStop(AuthResult.TempError, $"DNS did not answer for {Printable.Shorten(domain)}");
        }

        var records = answer.Records.Where(SpfRecord.IsOne).Take(2).ToList();
        return records.Count switch
        {
            0 => null,
            1 => SpfRecord.Parse(records[0], out var fault)
                ?? throw new SpfStop(AuthResult.PermError, $"{Printable.Shorten(domain)} has a wrong term: {fault}"),
            _ => throw new SpfStop(AuthResult.PermError, $"{Printable.Shorten(domain)} has several SPF records"),
        };
    }

    private async ValueTask<bool> MatchesAsync(SpfDirective directive, string domain)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (directive.AsksDns)
        {
            lookups.CountTerm();
        }

        var target = directive.AsksDns ? await Expansion.NameAsync(directive.Target, domain).ConfigureAwait(false) : domain;
        return directive.Mechanism switch
        {
            SpfMechanism.All => true,
            SpfMechanism.Ip4 or SpfMechanism.Ip6 => directive.Network is { } network && SpfAddress.Matches(sender.Client, network, Prefix(directive)),
            SpfMechanism.A => await HasClientAsync(target, directive).ConfigureAwait(false),
            SpfMechanism.Mx => await ExchangeHasClientAsync(target, directive).ConfigureAwait(false),
            SpfMechanism.Exists => await lookups.ExistsAsync(target).ConfigureAwait(false),
            SpfMechanism.Ptr => (await lookups.ReverseNamesAsync().ConfigureAwait(false)).Any(name => DnsNames.IsWithin(name, target)),
            _ => await IncludesAsync(target).ConfigureAwait(false),
        };
    }

    private int Prefix(SpfDirective directive) =>
        sender.Client.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork ? directive.Prefix4 : directive.Prefix6;

    private async ValueTask<bool> HasClientAsync(string name, SpfDirective directive) =>
        (await lookups.AddressesAsync(name).ConfigureAwait(false)).Any(address => SpfAddress.Matches(sender.Client, address, Prefix(directive)));

    private async ValueTask<bool> ExchangeHasClientAsync(string name, SpfDirective directive)
    {
        foreach (var host in await lookups.ExchangesAsync(name).ConfigureAwait(false))
        {
            if (await HasClientAsync(host, directive).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    // §5.2: only a pass of the other record matches, and one that is missing is an error. The depth is bounded by the count of terms.
    private async Task<bool> IncludesAsync(string target)
    {
        var answer = await EvaluateAsync(target).ConfigureAwait(false);
        return answer.Result switch
        {
            AuthResult.Pass => true,
            AuthResult.None => throw new SpfStop(AuthResult.PermError, $"includes {Printable.Shorten(target)}, which has no SPF record"),
            AuthResult.PermError or AuthResult.TempError => throw new SpfStop(answer.Result, answer.Reason),
            _ => false,
        };
    }

    // §6.2: whatever goes wrong here only means that there is no explanation.
    private async Task<string?> ExplainAsync(SpfMacro target, string domain)
    {
        try
        {
            var answer = await lookups.TextAsync(await Expansion.NameAsync(target, domain).ConfigureAwait(false)).ConfigureAwait(false);
            return answer.Records.Count == 1 && SpfMacro.Parse(answer.Records[0], SpfTextPlace.Explanation) is { } text
                ? Cut(await Expansion.TextAsync(text, domain).ConfigureAwait(false))
                : null;
        }
        catch (SpfStop)
        {
            return null;
        }
    }

    private static string Cut(string text) => text.Length > MaxExplanation ? text[..MaxExplanation] : text;
}
