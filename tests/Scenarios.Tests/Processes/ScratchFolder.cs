using System.Net;
using System.Net.Sockets;
using MultiMail.Mcp.Hosting;

namespace Scenarios.Processes;

/// <summary>A data folder for processes, and a node over it in this one.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimail-process-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "data");

    public async Task<NodeHost> OpenAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        var host = await NodeHost.OpenAsync(Settings.Load(DataFolder.Choose(Path, none), none), clock, cancellationToken);
        await host.Node.Installation.InitialiseAsync(null, cancellationToken);
        return host;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
