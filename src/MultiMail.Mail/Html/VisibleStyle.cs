using AngleSharp.Dom;

namespace MultiMail.Mail;

/// <summary>What of an element's style decides whether its text can be seen. Inherited values come with it.</summary>
internal sealed record VisibleStyle
{
    private const double SmallestFont = 4;
    private const double LeastOpacity = 0.1;
    private const double OffScreen = -200;

    public static readonly VisibleStyle Root = new();

    /// <summary>The element and all in it are hidden, whatever the descendants say.</summary>
    public bool IsGone { get; private init; }

    public bool IsPreformatted { get; private init; }

    private double FontSize { get; init; } = 16;

    private double Opacity { get; init; } = 1;

    private bool IsInvisible { get; init; }

    private CssColor? Color { get; init; } = CssColor.Black;

    /// <summary>Null = an image or gradient, on which nothing can be said about contrast.</summary>
    private CssColor? Background { get; init; } = CssColor.White;

    public bool HidesText => IsGone || IsInvisible || FontSize < SmallestFont || Opacity < LeastOpacity || IsColourless;

    private bool IsColourless => Color is { } color
        && (color.Alpha < LeastOpacity || (Background is { } background && color.IsNear(background)));

    public VisibleStyle For(IElement element, StyleSheet sheet)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Attributes(element, values);
        foreach (var declaration in sheet.For(element))
        {
            Set(values, declaration);
        }

        if (values.Count == 0)
        {
            return element.LocalName == "pre" && !IsPreformatted ? this with { IsPreformatted = true } : this;
        }

        var font = Font(values);
        return this with
        {
            FontSize = font,
            Opacity = Opacity * OwnOpacity(values),
            IsInvisible = values.TryGetValue("visibility", out var visibility) ? visibility is "hidden" or "collapse" : IsInvisible,
            Color = OwnColor(values),
            Background = OwnBackground(values),
            IsPreformatted = values.TryGetValue("white-space", out var space)
                ? space.StartsWith("pre", StringComparison.Ordinal)
                : IsPreformatted || element.LocalName == "pre",
            IsGone = IsGone || HasNoBox(values, font),
        };
    }

    // Presentational attributes weigh less than any rule (HTML Standard §15.2).
    private static void Attributes(IElement element, Dictionary<string, string> values)
    {
        if (element.LocalName == "a" && element.HasAttribute("href"))
        {
            values["color"] = "#0000ee";
        }

        if (element.GetAttribute("bgcolor") is { Length: > 0 } background)
        {
            values["background-color"] = Legacy(background);
        }

        if (element.HasAttribute("background"))
        {
            values["background-image"] = "url()";
        }

        if (element.LocalName is "font" or "body" && (element.GetAttribute("color") ?? element.GetAttribute("text")) is { Length: > 0 } color)
        {
            values["color"] = Legacy(color);
        }
    }

    private static string Legacy(string color)
    {
        var text = color.Trim().ToLowerInvariant();
        return text.Length is 3 or 6 && text.All(char.IsAsciiHexDigit) ? "#" + text : text;
    }

    private static void Set(Dictionary<string, string> values, Declaration declaration)
    {
        switch (declaration.Name)
        {
            case "background":
                // The shorthand resets both (CSS Backgrounds 3 §3.10).
                values["background-color"] = BackgroundColor(declaration.Value) ?? "transparent";
                values["background-image"] = IsImage(declaration.Value) ? "url()" : "none";
                break;
            case "font":
                values.Remove("font-size");
                values["font"] = declaration.Value;
                break;
            case "overflow-x" or "overflow-y":
                values["overflow"] = declaration.Value;
                break;
            default:
                values[declaration.Name] = declaration.Value;
                break;
        }
    }

    private static bool IsImage(string value) =>
        value.Contains("url(", StringComparison.Ordinal) || value.Contains("gradient(", StringComparison.Ordinal);

    private static string? BackgroundColor(string value)
    {
        var whole = CssColor.Parse(value);
        return whole is not null ? value : value.Split(' ').FirstOrDefault(piece => CssColor.Parse(piece) is not null);
    }

    private double Font(Dictionary<string, string> values)
    {
        if (values.TryGetValue("font-size", out var size))
        {
            return CssLength.FontSize(size, FontSize) ?? FontSize;
        }

        return values.TryGetValue("font", out var font) ? CssLength.FontShorthand(font, FontSize) ?? FontSize : FontSize;
    }

    private static double OwnOpacity(Dictionary<string, string> values)
    {
        if (!values.TryGetValue("opacity", out var value))
        {
            return 1;
        }

        var percent = value.EndsWith('%');
        return double.TryParse(percent ? value[..^1] : value, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(percent ? number / 100 : number, 0, 1)
            : 1;
    }

    private CssColor? OwnColor(Dictionary<string, string> values) => values.TryGetValue("color", out var value)
        ? value is "inherit" or "currentcolor" ? Color : CssColor.Parse(value)
        : Color;

    private CssColor? OwnBackground(Dictionary<string, string> values)
    {
        if (values.TryGetValue("background-image", out var image) && IsImage(image))
        {
            return null;
        }

        if (!values.TryGetValue("background-color", out var value) || CssColor.Parse(value) is not { } color)
        {
            return Background;
        }

        return color.Alpha >= 1 ? color : color.Alpha <= 0 ? Background : null;
    }

    private static bool HasNoBox(Dictionary<string, string> values, double font)
    {
        string Value(string name) => values.GetValueOrDefault(name, string.Empty);
        double? Length(string name) => CssLength.Pixels(Value(name), font);

        var away = Length("text-indent") <= OffScreen || Length("margin-left") <= OffScreen || Length("margin-top") <= OffScreen
            || (Value("position") is "absolute" or "fixed" or "relative"
                && (Length("left") <= OffScreen || Length("top") <= OffScreen || Length("right") <= OffScreen || Length("bottom") <= OffScreen));
        var empty = Value("overflow") is "hidden" or "clip"
            && (Length("height") <= 1 || Length("max-height") <= 1 || Length("width") <= 1 || Length("max-width") <= 1);
        var clipped = Value("clip").StartsWith("rect(0", StringComparison.Ordinal) || Value("clip").StartsWith("rect(1px", StringComparison.Ordinal)
            || Value("clip-path") is "inset(50%)" or "inset(100%)" or "circle(0)";
        return Value("display") == "none" || away || empty || clipped
            || Value("transform").Replace(" ", string.Empty, StringComparison.Ordinal) is "scale(0)" or "scale(0,0)";
    }
}
