using System.IO.Pipelines;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// One client on two streams. The SDK lets a running call live on after the input has ended and drops its answer;
/// here calls that are nearly done still answer, and whatever blocks is cancelled within the second.
/// </summary>
internal static partial class StdioServer
{
    /// <summary>How long calls may go on after the end of the input.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    /// <summary>How long the SDK may take to wind down after that.</summary>
    private static readonly TimeSpan WindDown = TimeSpan.FromMilliseconds(300);

    public static async Task RunAsync(
        Stream stdin, Stream stdout, McpServerOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var calls = new RunningCalls();
        options.Filters.Message.IncomingFilters.Insert(0, calls.Count);

        // The transport reads from a pipe that we close, so that we decide when its input ends.
        var pipe = new Pipe();
        var transport = new StreamServerTransport(pipe.Reader.AsStream(), stdout, "multimail", loggers);
        var server = McpServer.Create(transport, options, loggers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = server.RunAsync(stop.Token);

        await Task.WhenAny(CopyAsync(stdin, pipe.Writer, stop.Token), running);
        if (!cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(calls.IdleAsync(), running, Task.Delay(Grace, clock, cancellationToken));
        }

        await pipe.Writer.CompleteAsync();
        await stop.CancelAsync();
        await EndAsync(running, server, transport).WaitAsync(WindDown, clock, CancellationToken.None)
            .ContinueWith(t => Log.Ending(loggers.CreateLogger(typeof(StdioServer)), t.Exception?.GetBaseException()), TaskScheduler.Default);
    }

    private static async Task EndAsync(Task running, McpServer server, StreamServerTransport transport)
    {
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // By us, a moment ago.
        }

        await server.DisposeAsync();
        await transport.DisposeAsync();
    }

    private static async Task CopyAsync(Stream from, PipeWriter to, CancellationToken cancellationToken)
    {
        try
        {
            await from.CopyToAsync(to, cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or we are told to stop: for us that is the end of the input.
        }
    }

    /// <summary>Counts requests between their arrival and their answer.</summary>
    private sealed class RunningCalls
    {
        private readonly Lock _lock = new();
        private int _running;
        private TaskCompletionSource? _idle;

        public McpMessageHandler Count(McpMessageHandler next) => async (context, cancellationToken) =>
        {
            if (context.JsonRpcMessage is not JsonRpcRequest)
            {
                await next(context, cancellationToken);
                return;
            }

            Change(1);
            try
            {
                await next(context, cancellationToken);
            }
            finally
            {
                Change(-1);
            }
        };

        /// <summary>Completes when nothing runs. What was read but not yet begun is given a moment first.</summary>
        public async Task IdleAsync()
        {
            await Task.Delay(Settle);
            Task idle;
            lock (_lock)
            {
                if (_running == 0)
                {
                    return;
                }

                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                idle = _idle.Task;
            }

            await idle;
        }

        private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(30);

        private void Change(int by)
        {
            lock (_lock)
            {
                _running += by;
                if (_running == 0)
                {
                    _idle?.TrySetResult();
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The stdio server has ended.")]
        public static partial void Ending(ILogger logger, Exception? fault);
    }
}
