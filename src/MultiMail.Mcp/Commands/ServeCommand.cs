using System.CommandLine;
using MultiMail.Core.Node;
using MultiMail.Mcp.Hosting;
using Serilog.Events;

namespace MultiMail.Mcp.Commands;

/// <summary><c>serve</c>: one listener for MCP, REST and the page, and the node's background work.</summary>
internal static class ServeCommand
{
    public static Command Create(Desk desk)
    {
        var flags = new EdgeFlags();
        var verb = new Verb("serve", "Serve MCP, REST and the page over HTTP, and deliver", "serve --data ~/mail");
        flags.AddTo(verb);
        verb.SetAction((parse, cancellationToken) => RunAsync(desk, flags.Apply(parse, desk.Settings(parse)), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(Desk desk, Settings settings, CancellationToken cancellationToken)
    {
        settings.Data.Create();
        using var loggers = Logs.Create(settings.Data, LogEventLevel.Warning);
        await using var host = await NodeHost.OpenAsync(settings, desk.Shell.Clock, cancellationToken);
        var stands = await host.Node.Installation.InitialiseAsync(operatorEmail: null, cancellationToken);
        await using var page = new PageKeeper(host, loggers, desk.Shell.Clock);
        await page.TryAsync(cancellationToken);
        if (page.Address is null)
        {
            throw new SetupException(
                $"The address {Links.Base(settings.Listen)} is held by another program or by a node of another data folder.",
                "End that program, or set MULTIMAIL_LISTEN to another address; without the setting a free port is taken.");
        }

        await using var smtp = new SmtpKeeper(host, loggers, desk.Shell.Clock);
        await smtp.TryAsync(cancellationToken);
        if (!smtp.Done && page.Serves)
        {
            throw new SetupException($"An address of {SmtpListen.Setting} is held by another program.", "End that program, or listen on another port.");
        }

        host.StartWork(loggers);
        await GreetAsync(desk, host, page, smtp, stands, cancellationToken);
        await StayAsync(page, smtp, desk.Shell.Clock, cancellationToken);
        return ExitCode.Done;
    }

    private static async Task GreetAsync(Desk desk, NodeHost host, PageKeeper page, SmtpKeeper smtp, InstallationView stands, CancellationToken cancellationToken)
    {
        var output = desk.Shell.Out;
        output.WriteLine(page.Serves
            ? $"MultiMail serves {host.Node.Options.PublicUrl}  (data: {host.Settings.Data.Root})"
            : $"Another node of this data folder serves {host.Node.Options.PublicUrl}; this one works along and takes over when that one ends.");
        if (smtp.Addresses.Count > 0)
        {
            output.WriteLine($"Mail from other servers is taken at {string.Join(", ", smtp.Addresses)} as {host.Node.SmtpDoor.ServerName}");
        }

        if (stands.Created || !await host.Node.People.AnySignedUpAsync(cancellationToken))
        {
            var person = await host.Node.Installation.PersonAtTerminalAsync(stands.OperatorEmail, cancellationToken);
            await new FirstStart(output, host, person).WriteAsync(stands, cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Until Ctrl-C or a request to end.</summary>
    private static async Task StayAsync(PageKeeper page, SmtpKeeper smtp, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(page.KeepTryingAsync(cancellationToken), smtp.KeepTryingAsync(cancellationToken));
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end: that is how serving ends.
        }
    }
}
