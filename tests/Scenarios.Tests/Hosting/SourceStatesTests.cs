using System.Text.Json;
using MultiMail.Mcp.Hosting;

namespace Scenarios.Hosting;

public sealed class SourceStatesTests
{
    [Theory]
    [InlineData("""{ "status": "ok" }""", null)]
    [InlineData("""{ "status": "ok", "sources": 7 }""", null)]
    [InlineData("""{ "status": "ok", "sources": { "idle": 2, "waiting": 1 } }""", "ok")]
    [InlineData("""{ "status": "ok", "sources": { "idle": 2, "stopped": 1 } }""", "warning")]
    [InlineData("""{ "status": "ok", "sources": { "failing": 1 } }""", "warning")]
    public void A_source_that_needs_a_person_is_a_warning(string health, string? state)
    {
        using var answer = JsonDocument.Parse(health);
        Assert.Equal(state, SourceStates.Told(answer.RootElement)?.State);
    }
}
