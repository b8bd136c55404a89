using System.CommandLine;
using MultiMail.Core.Accounts;
using MultiMail.Core.Node;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary>How a verb comes to its data folder, its node and the person who types.</summary>
internal sealed class Desk(Shell shell, CommonOptions options)
{
    public Shell Shell => shell;

    public CommonOptions Options => options;

    public Settings Settings(ParseResult parse) =>
        Hosting.Settings.Load(DataFolder.Choose(parse.GetValue(options.Data), shell.Environment), shell.Environment);

    /// <summary>Runs <paramref name="act"/> as the person at the terminal on an installation that exists.</summary>
    /// <exception cref="SetupException">The folder holds no installation.</exception>
    public Task<int> AsPersonAsync(ParseResult parse, Func<MultiMailNode, Principal, CancellationToken, Task<int>> act, CancellationToken cancellationToken) =>
        AsPersonAsync(parse, (host, person, token) => act(host.Node, person, token), cancellationToken);

    /// <summary>As the other overload, for what concerns the process and not only the node.</summary>
    public async Task<int> AsPersonAsync(ParseResult parse, Func<NodeHost, Principal, CancellationToken, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var host = await OpenExistingAsync(Settings(parse), cancellationToken);
        var person = await host.Node.Installation.PersonAtTerminalAsync(parse.GetValue(options.As), cancellationToken);
        return await act(host, person, cancellationToken);
    }

    private async Task<NodeHost> OpenExistingAsync(Settings settings, CancellationToken cancellationToken)
    {
        // Looked at before opening: asking an empty folder a question must not fill it.
        if (!File.Exists(settings.DatabasePath))
        {
            throw Empty(settings);
        }

        var host = await NodeHost.OpenAsync(settings, shell.Clock, cancellationToken);
        if (await host.Node.Installation.IsInitialisedAsync(cancellationToken))
        {
            return host;
        }

        await host.DisposeAsync();
        throw Empty(settings);
    }

    private static SetupException Empty(Settings settings) =>
        new($"The data folder {settings.Data.Root} holds no MultiMail yet.", $"Run: multimail init{DataHint(settings)}");

    /// <summary>What a command to paste must say so that it finds this folder again.</summary>
    public static string DataHint(Settings settings) => settings.Data.IsNamed ? $" --data {settings.Data.Root}" : string.Empty;
}
