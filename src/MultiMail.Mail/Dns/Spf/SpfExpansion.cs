using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Puts values into macro strings (RFC 7208 §7.3).</summary>
internal sealed class SpfExpansion(SpfSender sender, SpfLookups lookups, TimeProvider clock)
{
    /// <summary>As a name to ask for: cut to fit, without trailing dot.</summary>
    public async ValueTask<string> NameAsync(SpfMacro? target, string domain) => target is null
        ? domain
        : DnsNames.Fit(DnsNames.WithoutDot(await TextAsync(target, domain).ConfigureAwait(false)));

    public async ValueTask<string> TextAsync(SpfMacro macro, string domain)
    {
        var text = new StringBuilder();
        foreach (var piece in macro.Pieces)
        {
            if (piece.Letter == '\0')
            {
                text.Append(piece.Literal);
                continue;
            }

            var value = Transform(piece, await ValueAsync(piece.Letter, domain).ConfigureAwait(false));
            text.Append(piece.Escape ? Uri.EscapeDataString(value) : value);
        }

        return text.ToString();
    }

    private async ValueTask<string> ValueAsync(char letter, string domain) => letter switch
    {
        's' => $"{sender.LocalPart}@{sender.SenderDomain}",
        'l' => sender.LocalPart,
        'o' => sender.SenderDomain,
        'd' => domain,
        'i' => SpfAddress.Dotted(sender.Client),
        'p' => await ClientNameAsync(domain).ConfigureAwait(false),
        'v' => SpfAddress.Zone(sender.Client),
        'h' => sender.Helo,
        'c' => SpfAddress.Readable(sender.Client),
        't' => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        // The receiving host does not give its name away.
        _ => "unknown",
    };

    // The domain itself, else a name below it, else any; never an error.
    private async ValueTask<string> ClientNameAsync(string domain)
    {
        var names = await lookups.ReverseNamesAsync().ConfigureAwait(false);
        return names.FirstOrDefault(name => DnsNames.Same(name, domain))
            ?? names.FirstOrDefault(name => DnsNames.IsWithin(name, domain))
            ?? (names.Count > 0 ? names[0] : "unknown");
    }

    private static string Transform(SpfPiece piece, string value)
    {
        if (piece is { Keep: 0, Reverse: false, Delimiters: "." })
        {
            return value;
        }

        var parts = value.Split([.. piece.Delimiters]);
        if (piece.Reverse)
        {
            Array.Reverse(parts);
        }

        var skip = piece.Keep == 0 ? 0 : Math.Max(0, parts.Length - piece.Keep);
        return string.Join('.', parts[skip..]);
    }
}
