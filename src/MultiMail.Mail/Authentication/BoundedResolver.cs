namespace MultiMail.Mail;

/// <summary>
/// What one message may ask of DNS: each question once, so many in all, and nothing any more when time is up. Beyond that every
/// answer is "not now", so that the checks end by themselves with temperror.
/// </summary>
internal sealed class BoundedResolver(IDnsResolver inner, CancellationToken timeIsUp) : IDnsResolver
{
    private const int MaxQueries = 200;

    private readonly Dictionary<(string Name, DnsType Type), DnsAnswer> known = [];

    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = (name.ToLowerInvariant(), type);
        if (known.TryGetValue(question, out var answer))
        {
            return answer;
        }

        if (timeIsUp.IsCancellationRequested || known.Count == MaxQueries)
        {
            return DnsAnswer.None(DnsOutcome.TemporaryFailure);
        }

        return known[question] = await AskAsync(name, type, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DnsAnswer> AskAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp, cancellationToken);
        try
        {
            return await inner.QueryAsync(name, type, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DnsAnswer.None(DnsOutcome.TemporaryFailure);
        }
    }
}
