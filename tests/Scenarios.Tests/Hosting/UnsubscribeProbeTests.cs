using System.Net;
using System.Net.Sockets;
using System.Text;
using MultiMail.Mcp.Hosting;

namespace Scenarios.Hosting;

public sealed class UnsubscribeProbeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_posts_the_one_click_body_and_follows_no_redirect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = AnswerOnceAsync(listener, "HTTP/1.1 303 See Other\r\nLocation: /elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var answer = await new UnsubscribeProbe().PostAsync(PageOf(listener), Cancelled);

        Assert.Equal(303, answer.Status);
        var request = await asked;
        Assert.StartsWith("POST /u/x.y HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/x-www-form-urlencoded\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nList-Unsubscribe=One-Click", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_the_page()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = AnswerOnceAsync(listener, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        var answer = await new UnsubscribeProbe().GetAsync(PageOf(listener), Cancelled);
        Assert.Equal((200, "hi"), (answer.Status, answer.Body));
        Assert.StartsWith("GET /u/x.y ", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_an_answer_too()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var page = PageOf(listener);
        listener.Stop();
        var answer = await new UnsubscribeProbe().GetAsync(page, Cancelled);
        Assert.Equal((0, "ConnectionError."), (answer.Status, answer.Body));
    }

    private static Uri PageOf(TcpListener listener) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/u/x.y");

    /// <returns>What was asked.</returns>
    private static async Task<string> AnswerOnceAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancelled);
        var stream = client.GetStream();
        var (buffer, read, asked) = (new byte[8_192], 0, string.Empty);
        while (!asked.Contains("\r\n\r\n", StringComparison.Ordinal) || (asked.StartsWith("POST", StringComparison.Ordinal) && !asked.EndsWith("One-Click", StringComparison.Ordinal)))
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read), Cancelled);
            Assert.NotEqual(0, more);
            read += more;
            asked = Encoding.ASCII.GetString(buffer, 0, read);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Cancelled);
        return asked;
    }
}
