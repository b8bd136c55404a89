namespace MultiMail.Core.Mailboxes;

/// <summary>Addr-specs (RFC 5322 §3.4.1) that were checked when they were stored, and so have one @ that counts: the last.</summary>
internal static class AddrSpecs
{
    /// <returns>As written; the whole text when there is no @.</returns>
    public static string DomainOf(string addrSpec) => addrSpec[(addrSpec.LastIndexOf('@') + 1)..];
}
