namespace MultiMail.Core.Mailboxes;

/// <summary>The domain that every installation has: reachable inside this server only (RFC 6761 §6.3).</summary>
public static class LocalDomain
{
    public const string Name = "multimail.localhost";

    /// <summary>Nobody outside can answer to such an address.</summary>
    public static bool Holds(string address) => address.EndsWith("@" + Name, StringComparison.OrdinalIgnoreCase);
}
