using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MultiMail.Benchmarks;

/// <summary>Gated mailboxes made over REST with an operator key, enough for all that a measurement may hold.</summary>
internal sealed class BenchMailboxes : IDisposable
{
    /// <summary>What one mailbox may hold waiting.</summary>
    public const int Room = 1_000;

    private readonly HttpClient _client;

    private BenchMailboxes(HttpClient client) => _client = client;

    public static async Task<BenchMailboxes> CreateAsync(ServedNode node, int count)
    {
        var key = await Product.JsonAsync(node.Data, "key", "create", "--name", "bench-operator", "--operator", "--json").ConfigureAwait(false);
        var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.GetProperty("key").GetString());
        var made = new BenchMailboxes(client);
        for (var number = 0; number < count; number++)
        {
            using var body = JsonContent.Create(new Dictionary<string, string>(StringComparer.Ordinal) { ["address"] = Address(number) });
            using var response = await client.PostAsync(new Uri("/v1/mailboxes", UriKind.Relative), body).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
        }

        return made;
    }

    public static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"bench{number}@multimail.localhost");

    /// <summary>What the node itself says is waiting, over all mailboxes.</summary>
    public async Task<int> PendingAsync()
    {
        var list = await _client.GetFromJsonAsync<JsonElement>(new Uri("/v1/mailboxes?limit=100", UriKind.Relative)).ConfigureAwait(false);
        return list.GetProperty("mailboxes").EnumerateArray().Sum(m => m.GetProperty("pending").GetInt32());
    }

    public void Dispose() => _client.Dispose();
}
