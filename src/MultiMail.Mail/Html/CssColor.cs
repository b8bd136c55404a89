using System.Globalization;
using System.Runtime.InteropServices;

namespace MultiMail.Mail;

/// <summary>A colour as red, green, blue 0–255 and alpha 0–1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CssColor(int Red, int Green, int Blue, double Alpha)
{
    public static readonly CssColor Black = new(0, 0, 0, 1);
    public static readonly CssColor White = new(255, 255, 255, 1);
    public static readonly CssColor Link = new(0, 0, 238, 1);

    // Eight per cent of the scale in every channel: #ebebeb on white is not readable, #ccc small print is.
    private const int Near = 20;

    private static readonly Dictionary<string, int> Names = new(StringComparer.Ordinal)
    {
        ["black"] = 0x000000, ["white"] = 0xFFFFFF, ["red"] = 0xFF0000, ["lime"] = 0x00FF00, ["blue"] = 0x0000FF, ["yellow"] = 0xFFFF00,
        ["aqua"] = 0x00FFFF, ["cyan"] = 0x00FFFF, ["fuchsia"] = 0xFF00FF, ["magenta"] = 0xFF00FF, ["silver"] = 0xC0C0C0, ["gray"] = 0x808080,
        ["grey"] = 0x808080, ["maroon"] = 0x800000, ["olive"] = 0x808000, ["green"] = 0x008000, ["purple"] = 0x800080, ["teal"] = 0x008080,
        ["navy"] = 0x000080, ["orange"] = 0xFFA500, ["snow"] = 0xFFFAFA, ["ivory"] = 0xFFFFF0, ["ghostwhite"] = 0xF8F8FF, ["whitesmoke"] = 0xF5F5F5,
        ["floralwhite"] = 0xFFFAF0, ["aliceblue"] = 0xF0F8FF, ["azure"] = 0xF0FFFF, ["mintcream"] = 0xF5FFFA, ["honeydew"] = 0xF0FFF0,
        ["seashell"] = 0xFFF5EE, ["linen"] = 0xFAF0E6, ["oldlace"] = 0xFDF5E6, ["lightyellow"] = 0xFFFFE0, ["lavenderblush"] = 0xFFF0F5,
        ["gainsboro"] = 0xDCDCDC, ["lightgray"] = 0xD3D3D3, ["lightgrey"] = 0xD3D3D3, ["darkgray"] = 0xA9A9A9, ["darkgrey"] = 0xA9A9A9,
        ["dimgray"] = 0x696969, ["dimgrey"] = 0x696969, ["pink"] = 0xFFC0CB, ["brown"] = 0xA52A2A, ["gold"] = 0xFFD700,
    };

    /// <summary>Null when it is no colour that we know.</summary>
    public static CssColor? Parse(string value)
    {
        if (value == "transparent")
        {
            return new CssColor(0, 0, 0, 0);
        }

        if (Names.TryGetValue(value, out var rgb))
        {
            return new CssColor(rgb >> 16, (rgb >> 8) & 255, rgb & 255, 1);
        }

        return value.StartsWith('#') ? Hex(value.AsSpan(1)) : Function(value);
    }

    public bool IsNear(CssColor other) =>
        Math.Abs(Red - other.Red) <= Near && Math.Abs(Green - other.Green) <= Near && Math.Abs(Blue - other.Blue) <= Near;

    private static CssColor? Hex(ReadOnlySpan<char> digits)
    {
        if (digits.Length is not (3 or 4 or 6 or 8) || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var wide = digits.Length > 4;
        var count = wide ? digits.Length / 2 : digits.Length;
        Span<int> parts = [0, 0, 0, 255];
        for (var i = count - 1; i >= 0; i--)
        {
            parts[i] = (int)(wide ? number & 255 : (number & 15) * 17);
            number >>= wide ? 8 : 4;
        }

        return new CssColor(parts[0], parts[1], parts[2], parts[3] / 255.0);
    }

    private static CssColor? Function(string value)
    {
        var open = value.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !value.EndsWith(')') || value[..open] is not ("rgb" or "rgba"))
        {
            return null;
        }

        var parts = value[(open + 1)..^1].Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is not (3 or 4))
        {
            return null;
        }

        var channels = parts.Take(3).Select(part => Number(part, 255)).ToList();
        var alpha = parts.Length == 4 ? Number(parts[3], 1) : 1;
        return channels.Exists(channel => channel is null) || alpha is null
            ? null
            : new CssColor((int)channels[0]!.Value, (int)channels[1]!.Value, (int)channels[2]!.Value, alpha.Value);
    }

    private static double? Number(string text, double whole)
    {
        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(percent ? number / 100 * whole : number, 0, whole)
            : null;
    }
}
