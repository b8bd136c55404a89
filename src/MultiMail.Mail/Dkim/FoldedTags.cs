using System.Text;

namespace MultiMail.Mail;

/// <summary>A tag list (RFC 6376 §3.2) in lines of at most 78 octets where a token allows it.</summary>
/// <param name="column">How much of the first line is taken by the field's name.</param>
internal sealed class FoldedTags(int column)
{
    private const int MaxLine = 78;
    private readonly StringBuilder text = new(1_200);
    private int column = column;

    public FoldedTags Tag(string tag)
    {
        Token(tag + ";", blank: true);
        return this;
    }

    /// <summary>Names with colons between them; a line may end after a colon.</summary>
    public FoldedTags List(string tag, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            Token((i == 0 ? tag : string.Empty) + names[i] + (i + 1 < names.Count ? ":" : ";"), blank: i == 0);
        }

        return this;
    }

    /// <summary>The last tag, whose value follows.</summary>
    public FoldedTags Open(string tag)
    {
        Token(tag, blank: true);
        return this;
    }

    /// <summary>Base64, cut wherever a line is full.</summary>
    public void Octets(string base64)
    {
        var rest = base64.AsSpan();
        while (!rest.IsEmpty)
        {
            if (column >= MaxLine)
            {
                Fold();
            }

            var piece = rest[..Math.Min(rest.Length, MaxLine - column)];
            text.Append(piece);
            column += piece.Length;
            rest = rest[piece.Length..];
        }
    }

    public override string ToString() => text.ToString();

    private void Token(string token, bool blank)
    {
        var space = blank && text.Length > 0 ? 1 : 0;
        if (text.Length > 0 && column + space + token.Length > MaxLine)
        {
            Fold();
            space = 0;
        }

        text.Append(' ', space).Append(token);
        column += space + token.Length;
    }

    private void Fold()
    {
        text.Append("\r\n ");
        column = 1;
    }
}
