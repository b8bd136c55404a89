namespace MultiMail.Mail;

/// <summary>The caller's sink, whose faults are told apart from those of the server.</summary>
internal sealed class ImapSink(IMailSink sink)
{
    public async ValueTask<ImapPosition?> PositionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await sink.PositionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new MailSinkException(fault);
        }
    }

    public ValueTask StoreAsync(IReadOnlyList<FetchedMail> batch, ImapPosition after, CancellationToken cancellationToken) =>
        OursAsync(() => sink.StoreAsync(batch, after, cancellationToken));

    public ValueTask QuarantineAsync(uint uid, string reason, ImapPosition after, CancellationToken cancellationToken) =>
        OursAsync(() => sink.QuarantineAsync(uid, reason, after, cancellationToken));

    public ValueTask ReportAsync(MailSourceState state, string detail, CancellationToken cancellationToken) =>
        OursAsync(() => sink.ReportAsync(state, detail, cancellationToken));

    private static async ValueTask OursAsync(Func<ValueTask> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new MailSinkException(fault);
        }
    }
}

/// <summary>What was fetched could not be stored: our own trouble, which reaches the caller as it is.</summary>
internal sealed class MailSinkException(Exception inner) : Exception(inner.Message, inner);
