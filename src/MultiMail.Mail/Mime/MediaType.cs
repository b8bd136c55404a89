using System.Diagnostics.CodeAnalysis;

namespace MultiMail.Mail;

/// <summary>The media type of an attachment as its sender names it; strict, since it goes on the wire.</summary>
internal sealed record MediaType(string Name, IReadOnlyList<(string Name, string Value)> Parameters)
{
    public static bool IsMessage(string name) => name == "message/rfc822";

    public static bool TryParse(string? text, [NotNullWhen(true)] out MediaType? type)
    {
        type = null;
        var pieces = (text ?? string.Empty).Split(';');
        var name = pieces[0].Trim(' ').ToLowerInvariant();
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || name.Length > 127 || !Atoms.IsToken(name.AsSpan(0, slash)) || !Atoms.IsToken(name.AsSpan(slash + 1)))
        {
            return false;
        }

        var parameters = new List<(string Name, string Value)>();
        foreach (var piece in pieces.Skip(1).Select(piece => piece.Trim(' ')).Where(piece => piece.Length > 0))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? string.Empty : piece[(equals + 1)..].Trim(' ').Trim('"');
            if (equals < 0 || !Atoms.IsToken(piece.AsSpan(0, equals).Trim(' ')) || !Atoms.IsToken(value) || value.Length > 60)
            {
                return false;
            }

            parameters.Add((piece[..equals].Trim(' ').ToLowerInvariant(), value));
        }

        type = new MediaType(name, parameters);
        return true;
    }
}
