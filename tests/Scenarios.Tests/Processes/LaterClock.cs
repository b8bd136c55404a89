namespace Scenarios.Processes;

/// <summary>The machine's clock, ahead of itself.</summary>
internal sealed class LaterClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
