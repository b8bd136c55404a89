namespace MultiMail.Core.Node;

/// <summary>What an installation may set. Limits are the product's own where a law or RFC gives none.</summary>
public sealed class CoreOptions
{
    /// <summary>Base of links that people open, without trailing slash. Known only when the listener is up, hence settable.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:8484";

    /// <summary>How many messages one submitter may have waiting in one mailbox.</summary>
    public int PendingPerMailbox { get; init; } = 1_000;

    /// <summary>Held outbound mail expires after this time, or at its send_at if that is later.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromHours(72);

    /// <summary>The key that seals secrets at rest: 32 bytes of the data folder.</summary>
    public required byte[] MasterKey { get; init; }
}
