using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MultiMail.Benchmarks;

/// <summary><c>multimail serve</c> as a process of its own over a data folder that lives as long as it does.</summary>
internal sealed partial class ServedNode : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private Task _rest = Task.CompletedTask;

    private ServedNode(DirectoryInfo folder, Process process) => (_folder, _process) = (folder, process);

    public string Data => _folder.FullName;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Processor time of the server so far, all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServedNode> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("multimail-bench-");
        var process = Process.Start(Product.Start(Product.Program, folder.FullName, "serve")) ?? throw new InvalidOperationException("serve does not start.");
        var node = new ServedNode(folder, process);
        try
        {
            process.ErrorDataReceived += (_, _) => { }; // read, so that a full pipe never blocks it
            process.BeginErrorReadLine();
            using var limit = new CancellationTokenSource(StartWithin);
            var greeting = await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false);
            node.Address = new Uri(Served().Match(greeting ?? string.Empty).Groups["url"].Value);
            node._rest = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return node;
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            using var limit = new CancellationTokenSource(EndWithin);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }

        await _rest.ConfigureAwait(false);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex("serves (?<url>http://[0-9.:]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Served();
}
