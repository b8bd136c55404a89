namespace MultiMail.Core.Mailboxes;

/// <summary>The domain that every installation has: reachable inside this server only (RFC 6761 §6.3).</summary>
public static class LocalDomain
{
    public const string Name = "multimail.localhost";
}
