using MultiMail.Core.Node;

namespace MultiMail.Core.Suppression;

/// <summary>The ways out that each recipient is given.</summary>
internal sealed class UnsubscribeLinks(CoreContext core)
{
    private const string Path = "/u/";

    /// <summary>The page that unsubscribes this recipient, the same for each mail to him.</summary>
    /// <returns>Null when this server has no https address that the outside reaches.</returns>
    public string? For(AccountId account, string address, string list = UnsubscribeTokens.DefaultList) =>
        IsPublic(core.Options.PublicUrl) ? UrlOf(new UnsubscribeGrant(account, list, address)) : null;

    /// <summary>RFC 6068: a mail to the sending mailbox whose subject names the recipient.</summary>
    public string MailtoFor(Mailbox mailbox, string address, string list = UnsubscribeTokens.DefaultList)
    {
        var at = mailbox.Address.LastIndexOf('@');
        var token = core.UnsubscribeTokens.MakeId(new UnsubscribeGrant(mailbox.Account, list, address));
        return $"mailto:{Uri.EscapeDataString(mailbox.Address[..at])}{mailbox.Address[at..]}?subject={UnsubscribeWords.English}%20{token}";
    }

    /// <summary>Whether a link in a message takes exactly this recipient off (CS-05, CS-06).</summary>
    public bool IsFor(AccountId account, string address, string url)
    {
        var prefix = core.Options.PublicUrl + Path;
        return IsPublic(core.Options.PublicUrl) && url.StartsWith(prefix, StringComparison.Ordinal) &&
            core.UnsubscribeTokens.Read(url[prefix.Length..]) is { } grant && grant.Account == account &&
            Suppressed.KeyOf(grant.Address) == Suppressed.KeyOf(address);
    }

    internal string UrlOf(UnsubscribeGrant grant) => $"{core.Options.PublicUrl}{Path}{core.UnsubscribeTokens.Make(grant)}";

    internal static bool IsPublic(string url) => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
