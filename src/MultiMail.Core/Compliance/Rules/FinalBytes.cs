using MultiMail.Mail;
using System.Text;

namespace MultiMail.Core.Compliance.Rules;

/// <summary>
/// A frozen message as the rules see it, read from its own bytes and only as far as a rule asks: most mail is judged by its header.
/// </summary>
internal sealed class FinalBytes
{
    private readonly ReadOnlyMemory<byte> _wire;
    private readonly Lazy<ReadMessage> _header;
    private readonly Lazy<(string? Plain, string? Html)> _bodies;
    private readonly Lazy<ShownHtml?> _shown;

    /// <param name="composed">The message as it was just composed: then its bodies are not read a second time.</param>
    /// <param name="read">The whole message, where somebody has read it already.</param>
    public FinalBytes(ReadOnlyMemory<byte> wire, ComposedMessage? composed = null, ReadMessage? read = null)
    {
        _wire = wire;
        Fields = RawFields.Split(wire);
        _header = new(() => read ?? MessageReader.Read(_wire[..^Fields.Body.Length]));
        _bodies = new(() => composed is null ? Bodies(read ?? MessageReader.Read(_wire)) : (composed.PlainText, composed.Html));
        _shown = new(() => _bodies.Value.Html is { } html ? ShownHtml.Of(html) : null);
    }

    /// <summary>The header as it stands: what is there twice is seen twice.</summary>
    public RawFields Fields { get; }

    /// <summary>The header decoded.</summary>
    public ReadMessage Header => _header.Value;

    /// <summary>The text/plain part; null when there is none. Attachments are no part.</summary>
    public string? PlainText => _bodies.Value.Plain;

    /// <summary>What is visible of the text/html part; null when there is none.</summary>
    public ShownHtml? Html => _shown.Value;

    /// <summary>The unfolded values of a field, in the order of the message.</summary>
    public IReadOnlyList<string> Values(string name) => [.. Fields.Named(name).Select(field => Unfolded(field.ValueBytes))];

    /// <summary>Every part that a reader sees, under the name of the parameter it came by.</summary>
    public IEnumerable<(string Field, string Text)> Texts()
    {
        yield return ("text", PlainText ?? string.Empty);
        if (Html is { } html)
        {
            yield return ("html", html.Text);
        }
    }

    private static (string? Plain, string? Html) Bodies(ReadMessage read) => (read.PlainText, read.Html);

    // RFC 5322 §2.2.3: unfolding takes the line ends out and nothing else.
    private static string Unfolded(ReadOnlySpan<byte> value) =>
        Encoding.Latin1.GetString(value).Replace("\r\n", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal).Trim(' ', '\t');
}
