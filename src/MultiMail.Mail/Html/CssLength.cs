using System.Buffers;
using System.Globalization;

namespace MultiMail.Mail;

internal static class CssLength
{
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("+-.0123456789");

    /// <summary>Length in CSS pixels; null when it needs a layout to know (per cent of a box, calc).</summary>
    /// <param name="em">The font size that <c>em</c> refers to.</param>
    public static double? Pixels(string value, double em)
    {
        var end = value.AsSpan().IndexOfAnyExcept(NumberChars);
        var number = end < 0 ? value : value[..end];
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        return (end < 0 ? string.Empty : value[end..]) switch
        {
            "px" or "" => amount,
            "pt" => amount * 4 / 3,
            "em" => amount * em,
            "ex" or "ch" => amount * em / 2,
            "rem" => amount * 16,
            "in" => amount * 96,
            "cm" => amount * 96 / 2.54,
            "mm" => amount * 96 / 25.4,
            "pc" => amount * 16,
            "vw" or "vh" => amount * 8,
            _ => amount == 0 ? 0 : null,
        };
    }

    /// <summary>A font size; null when it is not understood.</summary>
    public static double? FontSize(string value, double parent) => value switch
    {
        "xx-small" => 9,
        "x-small" => 10,
        "small" => 13,
        "medium" => 16,
        "large" => 18,
        "x-large" => 24,
        "xx-large" => 32,
        "smaller" => parent / 1.2,
        "larger" => parent * 1.2,
        "inherit" => parent,
        "initial" => 16,
        _ when value.EndsWith('%') => Pixels(value[..^1], parent) is { } percent ? percent / 100 * parent : null,
        _ => Pixels(value, parent),
    };

    /// <summary>The size out of the <c>font</c> shorthand: the first length that is followed by a family.</summary>
    public static double? FontShorthand(string value, double parent)
    {
        var pieces = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var size = Array.FindIndex(pieces, piece => char.IsAsciiDigit(piece[0]) || piece[0] == '.');

        // A number of three digits without a unit is the weight.
        while (size >= 0 && size + 1 < pieces.Length && pieces[size].All(char.IsAsciiDigit) && pieces[size] != "0")
        {
            size = Array.FindIndex(pieces, size + 1, piece => char.IsAsciiDigit(piece[0]) || piece[0] == '.');
        }

        return size < 0 ? null : FontSize(pieces[size].Split('/')[0], parent);
    }
}
