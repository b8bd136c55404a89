using System.Diagnostics.CodeAnalysis;

namespace MultiMail.Mail;

/// <summary>
/// An RFC 5322 mailbox that may be written on the wire: a dot-atom local part and a host name, with an optional display name.
/// Only <see cref="TryParse"/> makes one, so holding a value is proof that it was checked.
/// Two are equal when their addr-specs are, without regard to case; the display name does not count.
/// </summary>
public sealed record MailboxAddress
{
    internal MailboxAddress(string localPart, string domain, string? displayName)
    {
        LocalPart = localPart;
        Domain = domain;
        DisplayName = displayName;
        AddrSpec = $"{localPart}@{domain}";
    }

    /// <summary>Local part as given, an at sign, the domain as lower-case A-labels.</summary>
    public string AddrSpec { get; }

    /// <summary>The name in front of the address, decoded and without quotes; null when there is none.</summary>
    public string? DisplayName { get; }

    public string LocalPart { get; }

    /// <summary>Lower case; international labels in their <c>xn--</c> form.</summary>
    public string Domain { get; }

    /// <summary>
    /// Reads <c>a@b</c> or <c>Name &lt;a@b&gt;</c>. Strict (RFC 5321 §4.1.2 without quoted strings and literals): what could be read
    /// in two ways, or could smuggle a command or a field, is refused.
    /// </summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out MailboxAddress? address,
        [NotNullWhen(false)] out string? fault) => AddressParser.TryParse(text, out address, out fault);

    /// <summary>Reads texts that may each hold several addresses separated by commas; every fault is reported, not only the first.</summary>
    public static bool TryParseList(
        IEnumerable<string> texts,
        out IReadOnlyList<MailboxAddress> list,
        out IReadOnlyList<AddressFault> faults)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var good = new List<MailboxAddress>();
        var bad = new List<AddressFault>();
        foreach (var item in texts.SelectMany(AddressParser.Split))
        {
            if (TryParse(item, out var address, out var fault))
            {
                good.Add(address);
            }
            else
            {
                bad.Add(new AddressFault(Printable.Shorten(item), fault));
            }
        }

        list = good;
        faults = bad;
        return bad.Count == 0;
    }

    public bool Equals(MailboxAddress? other) =>
        other is not null && string.Equals(AddrSpec, other.AddrSpec, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(AddrSpec);

    /// <summary><c>Name &lt;a@b&gt;</c> for people; not the wire form.</summary>
    public override string ToString() => DisplayName is null ? AddrSpec : $"{DisplayName} <{AddrSpec}>";
}

/// <summary>Why a text is not an address.</summary>
/// <param name="Text">What was given, shortened and with controls made visible.</param>
/// <param name="Reason">One sentence that says what to change.</param>
public sealed record AddressFault(string Text, string Reason);
