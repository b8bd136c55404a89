using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Interop.Driving;

/// <summary><c>multimail serve</c> on a free port, for one test.</summary>
internal sealed class Served : IAsyncDisposable
{
    private const int DeliverySeconds = 30;

    private readonly Process _process;
    private readonly Task _drained;
    private readonly HttpClient _client;

    private Served(Installation installation, Process process, Uri address, string key, Task drained)
    {
        Installation = installation;
        _process = process;
        _drained = drained;
        Address = address;
        Key = key;
        _client = new HttpClient { BaseAddress = address };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public Installation Installation { get; }

    public Uri Address { get; }

    public Uri Mcp => new(Address, "/mcp");

    /// <summary>An agent's key: reads and sends, on every mailbox.</summary>
    public string Key { get; }

    /// <param name="settings">Beside those of the installation.</param>
    public static async Task<Served> StartAsync(params (string Name, string Value)[] settings)
    {
        var installation = await Installation.CreateAsync();
        var key = await installation.KeyAsync();
        var process = Executable.Start(
            Executable.MultiMail, installation.Environment.Concat(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).ToDictionary(StringComparer.Ordinal), ["serve"]);
        var error = process.StandardError.ReadToEndAsync();
        const string Told = "MultiMail serves ";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Told, StringComparison.Ordinal))
            {
                var drained = Task.WhenAll(error, process.StandardOutput.ReadToEndAsync());
                return new Served(installation, process, new Uri(line[Told.Length..].Split(' ')[0]), key, drained);
            }
        }

        throw new InvalidOperationException($"serve ended: {await error}");
    }

    /// <summary>The mailbox's inbox as its agent sees it, once that many mails lie in it.</summary>
    public async Task<IReadOnlyList<JsonElement>> InboxAsync(string mailbox, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(DeliverySeconds));
        while (true)
        {
            var list = await _client.GetFromJsonAsync<JsonElement>($"/v1/inbox?mailbox={Uri.EscapeDataString(mailbox)}&limit=100", limit.Token);
            var mails = list.GetProperty("messages").EnumerateArray().ToList();
            if (mails.Count >= count)
            {
                return mails;
            }

            // Another program brings them, when it sees fit.
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    /// <summary>A call of the agent and its answer, whatever it is.</summary>
    public async Task<(int Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var answer = await _client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public Task<JsonElement> GetAsync(string path) => _client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    /// <summary>Asks again until the answer is as wanted: what it tells of happens in other programs.</summary>
    public async Task<JsonElement> GetUntilAsync(string path, Func<JsonElement, bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(DeliverySeconds));
        var answer = await GetAsync(path);
        while (!wanted(answer))
        {
            Assert.False(limit.IsCancellationRequested, $"{path} still says {answer}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            answer = await GetAsync(path);
        }

        return answer;
    }

    /// <summary>Until that many mailboxes wait for the servers that keep their mail.</summary>
    public Task SourcesIdleAsync(int count) =>
        GetUntilAsync("/health", h => h.TryGetProperty("sources", out var s) && s.TryGetProperty("idle", out var idle) && idle.GetInt32() == count);

    /// <summary>Submits over REST as the agent and returns the message's id.</summary>
    public async Task<string> SubmitAsync(string subject, string text, string? html = null, string? intent = null)
    {
        var body = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = Installation.AgentAddress, ["to"] = Installation.PersonAddress, ["subject"] = subject, ["text"] = text,
        };
        if (html is not null)
        {
            body["html"] = html;
        }

        if (intent is not null)
        {
            body["intent"] = intent;
        }

        using var answer = await _client.PostAsJsonAsync("/v1/emails/send", body, TestContext.Current.CancellationToken);
        var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, receipt.ToString());
        return receipt.GetProperty("message_id").GetString()!;
    }

    /// <summary>The message as its agent sees it, once it is delivered or has another end.</summary>
    public async Task<JsonElement> EndOfAsync(string messageId) => await _client.GetFromJsonAsync<JsonElement>(
        $"/v1/emails/{messageId}/status?until=delivered&wait_seconds={DeliverySeconds}", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Executable.End(_process);
        await _process.WaitForExitAsync();
        await _drained;
        _process.Dispose();
        await Installation.DisposeAsync();
    }
}
