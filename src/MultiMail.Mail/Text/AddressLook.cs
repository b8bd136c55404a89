using System.Text;

namespace MultiMail.Mail;

/// <summary>What an address looks like to a person (UTS #39): two with the same skeleton are easily taken for one another.</summary>
public static class AddressLook
{
    /// <summary>
    /// The skeleton (UTS #39 §4) of an addr-spec or a domain, its international labels read as people see them. Case does not
    /// count: letters are made small before and after, since mail goes to the same place whatever the case.
    /// </summary>
    public static string Skeleton(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var shown = Shown(address).ToLowerInvariant();
        var looks = new List<int>(shown.Length);
        foreach (var point in Nfc.Decomposed(shown.EnumerateRunes().Select(rune => rune.Value)))
        {
            if (point == '\n' || InvisibleCharacters.ClassOf(point) is null)
            {
                ConfusableTable.Append(point, looks);
            }
        }

        var skeleton = new StringBuilder(looks.Count);
        foreach (var point in Nfc.Decomposed(looks))
        {
            skeleton.Append(new Rune(point).ToString());
        }

        return skeleton.ToString().ToLowerInvariant();
    }

    /// <summary>A label of the domain, or the part before the @, has letters of several alphabets that look alike.</summary>
    public static bool MixesScripts(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var shown = Shown(address);
        var at = shown.LastIndexOf('@');
        return Scripts.AreMixed(shown[(at + 1)..]) || (at > 0 && Scripts.AreMixed(shown[..at]));
    }

    private static string Shown(string address)
    {
        var at = address.LastIndexOf('@');
        return address[..(at + 1)] + HostName.ToULabels(address[(at + 1)..]);
    }
}
