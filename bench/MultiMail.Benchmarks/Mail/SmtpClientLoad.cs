using System.Diagnostics;
using System.Globalization;
using System.Text;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary><c>mail smtp-client</c>: submits messages to a relay on loopback as fast as it takes them.</summary>
internal static class SmtpClientLoad
{
    private const int Warm = 50;

    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var portText, var countText, ("reuse" or "noreuse") and var mode, var parallelText, var sizeText]
            || !TryParse(portText, out var port) || !TryParse(countText, out var count) || !TryParse(parallelText, out var parallel) || !TryParse(sizeText, out var size))
        {
            return false;
        }

        var relay = new RelayEndpoint("127.0.0.1", port, RelaySecurity.None);
        var reuse = new TransportOptions { ConnectionsPerRelay = parallel };
        await using var transport = new MailKitTransport(TimeProvider.System, mode == "reuse" ? reuse : reuse with { MailsPerConnection = 1 });
        var message = Message(size);
        await SendAsync(transport, relay, message, Math.Min(Warm, count), parallel).ConfigureAwait(false);

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await SendAsync(transport, relay, message, count, parallel).ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var cpuSeconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        await Output.LineAsync(string.Create(
            CultureInfo.InvariantCulture, $"ours port {port} {mode} {parallel} connection(s) {size} octets: {count / seconds:F0} msg/s, {count / Math.Max(cpuSeconds, 0.001):F0} msg/CPU-s")).ConfigureAwait(false);
        return true;
    }

    private static async Task SendAsync(MailKitTransport transport, RelayEndpoint relay, byte[] message, int count, int parallel)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var result = await transport.SendAsync(relay, new MailEnvelope("ada@agents.example", ["bo@example.org"]), message, CancellationToken.None).ConfigureAwait(false);
                if (result.Recipients[0] is { Class: not ReplyClass.Accepted } reply)
                {
                    throw new InvalidOperationException($"The relay did not take a message: {reply.Text}");
                }
            }
        })).ConfigureAwait(false);
    }

    private static byte[] Message(int size)
    {
        var text = new StringBuilder("From: ada@agents.example\r\nTo: bo@example.org\r\nSubject: Load\r\nMessage-ID: <load@agents.example>\r\n\r\n");
        while (text.Length < size - 78)
        {
            text.Append('x', 76).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append('x', Math.Max(0, size - text.Length - 2)).Append("\r\n").ToString());
    }

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
