using System.Net.Http.Json;
using System.Text.Json;

namespace Scenarios.Processes;

/// <summary>Who serves the page of a data folder.</summary>
public sealed class PageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_serve_prints_link_configuration_and_a_request_that_work()
    {
        using var folder = new ScratchFolder();
        await using var process = Running.Start(folder.Path, Listen(ScratchFolder.FreePort()), "serve");
        var link = (await process.LineAsync("/login/")).Trim();
        var command = await process.LineAsync("\"command\"");
        Assert.Contains(Path.DirectorySeparatorChar + "multimail", command, StringComparison.Ordinal);
        var url = (await process.LineAsync("curl -s ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        var key = (await process.LineAsync("Bearer ")).Split("Bearer ")[1].Split('\'')[0];
        var body = (await process.LineAsync("-d '")).Split('\'')[1];

        using var client = new HttpClient();
        Assert.True((await client.GetAsync(new Uri(link), Token)).IsSuccessStatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", key);
        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("pending", receipt.GetProperty("status").GetString());
        Assert.StartsWith(new Uri(url).GetLeftPart(UriPartial.Authority) + "/pending/msg_", receipt.GetProperty("approval_url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_serve_shows_no_key_again()
    {
        using var folder = new ScratchFolder();
        await using (var first = Running.Start(folder.Path, Listen(ScratchFolder.FreePort()), "serve"))
        {
            await first.LineAsync("-d '");
        }

        await using var second = Running.Start(folder.Path, Listen(ScratchFolder.FreePort()), "serve");
        await second.LineAsync("\"stdio\"");
        second.Kill();
        Assert.DoesNotContain("mm_live_", await second.Output.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_node_of_the_folder_takes_the_page_over_when_the_first_ends()
    {
        using var folder = new ScratchFolder();
        var port = ScratchFolder.FreePort();
        await using var first = Running.Start(folder.Path, Listen(port), "serve");
        await first.LineAsync("serves");
        await using var second = Running.Start(folder.Path, Listen(port), "serve");
        await second.LineAsync("Another node of this data folder serves");
        Assert.True(await AnswersAsync(port));

        first.Kill();
        await first.EndAsync();
        await AnswersSoonAsync(port);
    }

    [Fact]
    public async Task When_a_client_closes_the_node_of_another_client_takes_its_page_over()
    {
        using var folder = new ScratchFolder();
        var port = ScratchFolder.FreePort();
        await using var first = Running.Start(folder.Path, Listen(port), "stdio");
        await AnswersSoonAsync(port);
        await using var second = Running.Start(folder.Path, Listen(port), "stdio");
        first.Input.Close();
        Assert.Equal(0, (await first.EndAsync()).Code);
        await AnswersSoonAsync(port);
        second.Input.Close();
        Assert.Equal(0, (await second.EndAsync()).Code);
        Assert.False(await AnswersAsync(port));
    }

    [Fact]
    public async Task Asked_to_end_serve_ends_with_0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        using var folder = new ScratchFolder();
        await using var process = Running.Start(folder.Path, Listen(ScratchFolder.FreePort()), "serve");
        await process.LineAsync("-d '");
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.Equal((0, string.Empty), await process.EndAsync());
    }

    private static async Task AnswersSoonAsync(int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var everySoOften = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await AnswersAsync(port))
        {
            await everySoOften.WaitForNextTickAsync(limit.Token);
        }
    }

    [Fact]
    public async Task A_port_that_a_person_chose_and_a_stranger_holds_ends_the_start()
    {
        using var folder = new ScratchFolder();
        using var other = new ScratchFolder();
        var port = ScratchFolder.FreePort();
        await using var stranger = Running.Start(other.Path, Listen(port), "serve");
        await stranger.LineAsync("serves");
        await using var process = Running.Start(folder.Path, Listen(port), "serve");
        var (code, error) = await process.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("is held by another program", error, StringComparison.Ordinal);
        Assert.Contains("fix: ", error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Listen(int port) => new(StringComparer.Ordinal) { ["MULTIMAIL_LISTEN"] = $"http://127.0.0.1:{port}" };

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            return (await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health"), Token)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
