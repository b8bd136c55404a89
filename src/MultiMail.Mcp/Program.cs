using System.Collections;
using MultiMail.Mcp.Commands;
using MultiMail.Mcp.Protocol;

// stdout is the transport of `stdio`: whatever some library prints must not land in it.
#pragma warning disable RS0030 // The process's own console is reached here and nowhere else.
var output = Console.Out;
Console.SetOut(Console.Error);

// A client waits for the list of tools: they are made while the command line, the logs and the store start.
if (args is ["stdio", ..] || (args.Length == 0 && Console.IsInputRedirected))
{
    _ = ToolCatalog.PrepareAsync();
}

var terminal = new Terminal(
    output,
    Console.Error,
    Console.OpenStandardInput(),
    Console.OpenStandardOutput(),
    Console.IsInputRedirected,
    ReadSecret);
#pragma warning restore RS0030

var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? string.Empty, StringComparer.Ordinal);
return await CommandLine.RunAsync(args, new Shell(terminal, environment, TimeProvider.System));

static string? ReadSecret()
{
#pragma warning disable RS0030 // A password is typed without being shown, which only the console can do.
    if (Console.IsInputRedirected)
    {
        return Console.In.ReadLine();
    }

    var typed = new System.Text.StringBuilder();
    for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
    {
        if (key.Key == ConsoleKey.Backspace)
        {
            typed.Length = Math.Max(0, typed.Length - 1);
        }
        else if (!char.IsControl(key.KeyChar))
        {
            typed.Append(key.KeyChar);
        }
    }

    Console.Error.WriteLine();
    return typed.ToString();
#pragma warning restore RS0030
}
