namespace MultiMail.Core.Inbound;

/// <summary>How it stands with one mailbox whose mail is fetched from elsewhere.</summary>
/// <param name="Endpoint">Host, port and folder.</param>
/// <param name="Detail">One sentence without secrets.</param>
/// <param name="Since">When this state began.</param>
/// <param name="Fetched">Messages that this node stored since it started.</param>
public sealed record ImapSourceStatus(string Address, string Endpoint, ImapSourceState State, string Detail, DateTimeOffset Since, long Fetched);

public enum ImapSourceState
{
    /// <summary>Another node of this store feeds the mailbox.</summary>
    Elsewhere,
    Connecting,

    /// <summary>Waits for mail; the server tells when it comes.</summary>
    Idle,

    /// <summary>Waits for mail; the server is asked.</summary>
    Polling,
    Fetching,

    /// <summary>The server is out of reach or busy; it is tried again.</summary>
    Waiting,

    /// <summary>Only new settings help.</summary>
    Stopped,

    /// <summary>Our own trouble, such as a full disk; it is tried again.</summary>
    Failing,
}
