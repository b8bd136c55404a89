using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace MultiMail.Mcp.Hosting;

/// <summary>Where the process says what it does: a few lines on stderr, everything as JSON lines in the data folder. Never stdout.</summary>
internal static class Logs
{
    private const int FileBytes = 10_000_000;
    private const int FilesKept = 10;

    /// <param name="data">Created before this call; several processes write the same file.</param>
    /// <param name="stderr">The least that is worth a line on stderr.</param>
    public static ILoggerFactory Create(DataFolder data, LogEventLevel stderr)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // It warns that its keys lie unencrypted; nothing of ours is sealed with them.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("ModelContextProtocol", LogEventLevel.Warning)
            .Enrich.WithProperty("Process", Environment.ProcessId)
            .WriteTo.Console(
                new RedactingFormatter(new MessageTemplateTextFormatter("{Timestamp:HH:mm:ss} {Level:w} {Message:lj}{NewLine}{Exception}")),
                stderr,
                standardErrorFromLevel: LogEventLevel.Verbose)
            .WriteTo.File(
                new RedactingFormatter(new CompactJsonFormatter()),
                Path.Combine(data.LogFolder, "multimail-.jsonl"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: FileBytes,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: FilesKept,
                shared: true)
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }
}
