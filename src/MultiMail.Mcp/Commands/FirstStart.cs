using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Node;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary>What a newcomer is shown when <c>serve</c> starts and nobody has signed up yet.</summary>
internal sealed class FirstStart(TextWriter output, NodeHost host, Principal person)
{
    /// <summary>The sign-in link, a client configuration and, on a new installation, a key with a request to paste.</summary>
    public async Task WriteAsync(InstallationView stands, CancellationToken cancellationToken)
    {
        output.WriteLine();
        output.WriteLine($"1. Sign in (this link works once, for 15 minutes; `multimail operator login{Desk.DataHint(host.Settings)}` prints another):");
        output.WriteLine($"   {await OperatorCommands.SignInLinkAsync(host.Node, person, cancellationToken)}");
        output.WriteLine();
        output.WriteLine("2. Give an agent its mailbox. For Claude Desktop, Cursor and Windsurf:");
        output.WriteLine(CommandJson.Write(ClientConfiguration.For(SelfCommand.Find(), host.Settings.Data.IsPlatformDefault ? null : host.Settings.Data.Root)));
        if (stands.Created)
        {
            await WriteRequestAsync(stands, cancellationToken);
        }

        if (!(await host.Node.Profiles.ShowAsync(person, cancellationToken)).Complete)
        {
            output.WriteLine();
            output.WriteLine("Before the first mail to the outside, say who sends it (mail between mailboxes of this server needs none):");
            output.WriteLine($"   multimail profile set --name \"Your name\" --address \"Street 1|12345 Town\" --country XX{Desk.DataHint(host.Settings)}");
        }
    }

    private async Task WriteRequestAsync(InstallationView stands, CancellationToken cancellationToken)
    {
        var key = await host.Node.Keys.CreateAsync(person, new NewKey { Name = "first", Scopes = ["read", "send"] }, cancellationToken);
        output.WriteLine();
        output.WriteLine("3. Or send over REST. The message waits on the page for you (the key is shown this once):");
        output.WriteLine($"   curl -s {host.Node.Options.PublicUrl}/v1/emails/send \\");
        output.WriteLine($"     -H 'Authorization: Bearer {key.Key}' -H 'Content-Type: application/json' \\");
        output.WriteLine($$"""     -d '{"from":"{{stands.AgentMailbox}}","to":"{{stands.PersonMailbox}}","subject":"Hello","text":"My first message."}'""");
    }
}
