using ModelContextProtocol;

namespace MultiMail.Mcp.Protocol;

/// <summary>Tells the client that a blocking call is alive.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <param name="seconds">How long the work may take at most; 0 = it does not wait, nothing is reported.</param>
    public static async Task<T> ReportAsync<T>(
        Task<T> work, string what, int seconds, IProgress<ProgressNotificationValue> progress, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Every, clock);
        while (seconds > 0 && !work.IsCompleted)
        {
            var elapsed = (float)clock.GetElapsedTime(started).TotalSeconds;
            progress.Report(new ProgressNotificationValue { Progress = elapsed, Total = seconds, Message = what });
            await Task.WhenAny(work, timer.WaitForNextTickAsync(cancellationToken).AsTask());
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await work;
    }
}
