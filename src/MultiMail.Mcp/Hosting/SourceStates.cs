using System.Text.Json;
using MultiMail.Core.Mailboxes;

namespace MultiMail.Mcp.Hosting;

/// <summary>How it stands with the mailboxes fed from elsewhere, as the node says that serves this data folder now.</summary>
internal static class SourceStates
{
    private const int LargestAnswer = 65_536;
    private const string Area = "sources";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly string[] Bad = ["stopped", "failing"];

    /// <summary>Null while no node serves, or it fetches nothing.</summary>
    public static async Task<DoctorFinding?> AskAsync(NodeHost host, CancellationToken cancellationToken) =>
        await PageRecord.FindAsync(host, cancellationToken) is { } address && await HealthAsync(address, cancellationToken) is { } health ? Told(health) : null;

    /// <param name="health">What <c>/health</c> answered.</param>
    internal static DoctorFinding? Told(JsonElement health)
    {
        if (!health.TryGetProperty("sources", out var sources) || sources.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var states = sources.EnumerateObject().Select(s => s.Name).ToList();
        var sentence = $"The running node fetches mail; mailboxes by state: {string.Join(", ", sources.EnumerateObject().Select(s => $"{s.Name} {s.Value}"))}.";
        return states.Exists(s => Bad.Contains(s, StringComparer.Ordinal))
            ? DoctorFinding.Warn(Area, sentence, "Stopped: correct the link, multimail mailbox link ADDRESS --imap URL. Failing: look into the log and at the free space of the disk.")
            : DoctorFinding.Ok(Area, sentence);
    }

    private static async Task<JsonElement?> HealthAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = AnswerWithin, MaxResponseContentBufferSize = LargestAnswer };
        try
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(address, "/health"), cancellationToken));
            return answer.RootElement.Clone();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
