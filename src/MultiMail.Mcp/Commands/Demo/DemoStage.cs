using MultiMail.Core.Accounts;
using MultiMail.Core.Node;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands.Demo;

/// <summary>
/// A new installation, and a person signed in to it with a session of their own. The node of this process only decides
/// and proves; the agents' own processes do the delivering.
/// </summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private readonly NodeHost _host;
    private readonly Shell _shell;

    private DemoStage(NodeHost host, Shell shell, string folder, InstallationView installation, Principal person) =>
        (_host, _shell, Folder, Installation, Person) = (host, shell, folder, installation, person);

    public string Folder { get; }

    public MultiMailNode Node => _host.Node;

    public InstallationView Installation { get; }

    public Principal Person { get; }

    public static async Task<DemoStage> OpenAsync(Shell shell, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var data = DataFolder.Choose(folder.FullName, shell.Environment);
        var nothingSet = new Dictionary<string, string>(StringComparer.Ordinal);
        var host = await NodeHost.OpenAsync(Settings.Load(data, nothingSet), shell.Clock, cancellationToken);
        var installation = await host.Node.Installation.InitialiseAsync(operatorEmail: null, cancellationToken);
        var terminal = await host.Node.Installation.PersonAtTerminalAsync(asEmail: null, cancellationToken);
        var link = await host.Node.People.LoginTokenAsync(terminal, cancellationToken);
        var session = await host.Node.People.SignInByLinkAsync(link, cancellationToken);
        return session is null
            ? throw new DemoException("the sign-in link was refused.")
            : new DemoStage(host, shell, folder.FullName, installation, session.Principal);
    }

    /// <summary>Starts an agent in a process of its own. <paramref name="apiKey"/> null = the local default agent.</summary>
    public Task<DemoAgent> AgentAsync(string? apiKey, CancellationToken cancellationToken) =>
        DemoAgent.StartAsync(Folder, apiKey, cancellationToken);

    /// <summary>Types a line as the person at this folder would, with nothing set in the environment.</summary>
    public Task<int> TypeAsync(TextWriter output, params string[] line) => CommandLine.RunAsync(line, _shell with
    {
        Terminal = _shell.Terminal with { Out = output, Error = output },
        Environment = new Dictionary<string, string>(StringComparer.Ordinal),
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
