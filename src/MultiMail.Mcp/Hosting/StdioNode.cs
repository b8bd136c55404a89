using MultiMail.Core.Errors;
using MultiMail.Core.Node;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Hosting;

/// <summary>
/// A full node behind one MCP client. MCP answers first; store, background work and page start after the first answer,
/// or as soon as a call needs them.
/// </summary>
internal sealed partial class StdioNode(Settings settings, ILoggerFactory loggers, TimeProvider clock)
{
    // A client that says nothing still gets its page.
    private static readonly TimeSpan StartAtLatest = TimeSpan.FromSeconds(1);

    // The process ends within a second of its client, whatever still runs: all that was acknowledged is durable.
    private static readonly TimeSpan EndWithin = TimeSpan.FromMilliseconds(900);

    private readonly NodeHandle _handle = new();
    private readonly TaskCompletionSource _start = Signal();
    private readonly TaskCompletionSource _spoken = Signal();
    private readonly ILogger _logger = loggers.CreateLogger<StdioNode>();

    /// <summary>Returns when the client has closed stdin, or when it is cancelled; then at most a second later.</summary>
    public async Task RunAsync(Stream stdin, Stream stdout, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deadline = DeadlineAsync(end.Token);
        var work = WorkAsync(end.Token);
        var speech = SpeakAsync(stdin, stdout, end, cancellationToken);
        await Task.WhenAny(Task.WhenAll(speech, work), deadline);
        if (speech.IsCompleted)
        {
            await speech;
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task DeadlineAsync(CancellationToken ended)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(EndWithin, clock, CancellationToken.None);
    }

    private async Task SpeakAsync(Stream stdin, Stream stdout, CancellationTokenSource end, CancellationToken cancellationToken)
    {
        // The end of the input stops page and loops at once; calls that are nearly done still find their node.
        await using var input = new EndOfInputStream(stdin, end.Cancel);
        await using var output = new FirstAnswerStream(stdout, () => _start.TrySetResult());
        var principal = new StdioPrincipal(_handle, settings.ApiKey, () => _start.TrySetResult());
        try
        {
            await McpEdge.RunStdioAsync(input, output, _handle, principal, EdgeOptions.From(settings), loggers, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end: nobody waits for what was still running.
        }
        finally
        {
            _spoken.TrySetResult();
            await end.CancelAsync();
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_start.Task, Task.Delay(StartAtLatest, clock, cancellationToken));
        try
        {
            await using var host = await NodeHost.OpenAsync(settings, clock, cancellationToken);
            await host.Node.Installation.InitialiseAsync(operatorEmail: null, cancellationToken);
            _handle.Started(host.Node);
            await WorkAsync(host, cancellationToken);
            await _spoken.Task;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _handle.Failed(new OperationCanceledException(cancellationToken));
        }
        catch (SetupException e)
        {
            // An agent can tell its user what to mend: neither sentence holds a secret.
            Log.CannotStart(_logger, e.Message, e.Fix);
            _handle.Failed(new RefusalException(ErrorCodes.Internal, e.Message, e.Fix));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.Faulted(_logger, e);
            _handle.Failed(e);
        }
    }

    private async Task WorkAsync(NodeHost host, CancellationToken cancellationToken)
    {
        host.StartWork(loggers);
        await using var page = new PageKeeper(host, loggers, clock);
        await KeepPageAsync(page, cancellationToken);
    }

    /// <summary>Mail goes on without the page, whatever is wrong with it.</summary>
    private async Task KeepPageAsync(PageKeeper page, CancellationToken cancellationToken)
    {
        try
        {
            await page.KeepTryingAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (SetupException e)
        {
            Log.CannotStart(_logger, e.Message, e.Fix);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.NoPage(_logger, e);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Sentence} fix: {Fix}")]
        public static partial void CannotStart(ILogger logger, string sentence, string fix);

        [LoggerMessage(Level = LogLevel.Error, Message = "The page cannot be served; mail goes on")]
        public static partial void NoPage(ILogger logger, Exception fault);

        [LoggerMessage(Level = LogLevel.Critical, Message = "The node stopped working")]
        public static partial void Faulted(ILogger logger, Exception fault);
    }
}
