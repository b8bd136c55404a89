using System.Diagnostics.CodeAnalysis;
using MultiMail.Mail;

namespace MultiMail.Core.Policy;

/// <summary>
/// The patterns of access rules. An address counts without regard to case, its domain as lower-case A-labels; <c>*@domain</c> is
/// that domain alone, not what is below it; <c>*</c> is everybody. A tag (<c>name+tag</c>) makes another address, as it does for mail.
/// </summary>
internal static class AddressPattern
{
    public const string Everybody = "*";

    public static bool TryParse(string? text, [NotNullWhen(true)] out string? pattern)
    {
        pattern = null;
        var given = text?.Trim();
        if (given == Everybody)
        {
            pattern = Everybody;
        }
        else if (given is not null && given.StartsWith("*@", StringComparison.Ordinal))
        {
            // Any name will do to read a domain as addresses are read.
            pattern = MailboxAddress.TryParse("a" + given[1..], out var parsed, out _) ? "*@" + parsed.Domain : null;
        }
        else if (given is not null && !given.Contains('*', StringComparison.Ordinal) && MailboxAddress.TryParse(given, out var address, out _) && address.DisplayName is null)
        {
            pattern = KeyOf(address.AddrSpec);
        }

        return pattern is not null;
    }

    /// <summary>How an addr-spec is compared. One that came from outside and is none matches only <c>*</c>.</summary>
    public static string KeyOf(string addrSpec) => addrSpec.ToLowerInvariant();

    /// <summary>Every pattern that an address matches.</summary>
    public static IReadOnlyList<string> Matching(string addrSpec)
    {
        var key = KeyOf(addrSpec);
        return key.Contains('@', StringComparison.Ordinal) ? [key, "*@" + AddrSpecs.DomainOf(key), Everybody] : [Everybody];
    }
}
