namespace MultiMail.Mail;

/// <summary>The declarations of one rule or style attribute that can hide text; the rest of CSS is none of our business.</summary>
internal sealed class Declarations
{
    private const int MaxLength = 20_000;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "display", "visibility", "opacity", "font-size", "font", "color", "background", "background-color", "background-image",
        "position", "left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top", "width", "height", "max-width",
        "max-height", "overflow", "overflow-x", "overflow-y", "clip", "clip-path", "transform", "white-space",
    };

    private Declarations(List<Declaration> items) => Items = items;

    public IReadOnlyList<Declaration> Items { get; }

    public static Declarations Parse(string css)
    {
        var items = new List<Declaration>();
        var rest = css.Length > MaxLength ? css[..MaxLength] : css;
        foreach (var piece in rest.Split(';'))
        {
            var colon = piece.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? string.Empty : piece[..colon].Trim().ToLowerInvariant();
            if (Known.Contains(name))
            {
                items.Add(Of(name, piece[(colon + 1)..].Trim().ToLowerInvariant()));
            }
        }

        return new Declarations(items);
    }

    /// <summary>Whether this could hide text at all: such a rule with a selector we cannot resolve is worth a flag.</summary>
    public bool MayHide => Items.Any(item => item switch
    {
        { Name: "display", Value: "none" } or { Name: "visibility", Value: "hidden" or "collapse" } => true,
        { Name: "opacity" or "font-size", Value: ['0', ..] } => true,
        { Name: "text-indent" or "left" or "top", Value: ['-', ..] } => true,
        _ => false,
    });

    private static Declaration Of(string name, string value)
    {
        var mark = value.LastIndexOf('!');
        var important = mark >= 0 && value.AsSpan(mark + 1).Trim() is "important";
        return new Declaration(name, important ? value[..mark].TrimEnd() : value, important);
    }
}

/// <summary>One property with its value.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Value">Lower case, without <c>!important</c>.</param>
internal sealed record Declaration(string Name, string Value, bool Important);
