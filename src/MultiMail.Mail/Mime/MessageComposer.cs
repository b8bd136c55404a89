using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// Writes mail: RFC 5322 and MIME, 7-bit clean, and the same bytes for the same input always, because a person approves exactly
/// these bytes. Multipart levels appear only as needed: <c>mixed(alternative(text, html), attachments)</c>.
/// </summary>
public static class MessageComposer
{
    /// <summary>The message as bytes.</summary>
    /// <exception cref="MailFormatException">With every fault at once.</exception>
    public static ComposedMessage Compose(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var faults = OutgoingRules.Faults(message);
        if (faults.Count > 0)
        {
            throw new MailFormatException(faults);
        }

        var text = message.Text ?? (message.Markdown is null ? null : MailText.MarkdownToText(message.Markdown));
        var html = message.Html ?? (message.Markdown is null ? null : MailText.MarkdownToHtml(message.Markdown));
        var bodies = new List<BodyLeaf>(2);
        if (text is not null)
        {
            bodies.Add(BodyLeaf.Text("plain", text));
        }

        if (html is not null)
        {
            bodies.Add(BodyLeaf.Text("html", html));
        }

        var files = message.Attachments.Select(Attached).ToList();
        var size = bodies.Concat(files).Sum(leaf => leaf.Content.Length);
        var wire = new WireWriter(1_024 + size + (size / 2));
        Write(wire, message, Root(bodies, files), Boundaries(message.BoundarySeed, files));
        return new ComposedMessage(
            wire.Written.ToArray(),
            [.. bodies.Concat(files).Select(leaf => leaf.Describe())],
            text is not null ? LineEnds.ToLf(text) : HtmlText.Visible(html!).Text)
        {
            PlainText = text,
            Html = html,
        };
    }

    private static BodyNode Root(List<BodyLeaf> bodies, List<BodyLeaf> files)
    {
        BodyNode body = bodies.Count == 1 ? bodies[0] : new BodyMultipart("alternative", bodies);
        return files.Count == 0 ? body : new BodyMultipart("mixed", [body, .. files]);
    }

    private static BodyLeaf Attached(OutgoingAttachment attachment)
    {
        _ = MediaType.TryParse(attachment.ContentType, out var type);
        // RFC 2046 §5.2.1: a message inside a message is never base64; the rules asked for its frozen form.
        var encoding = MediaType.IsMessage(type!.Name) ? "7bit" : "base64";
        return new BodyLeaf(type.Name, type.Parameters, attachment.FileName, attachment.Content, encoding);
    }

    private static void Write(WireWriter wire, OutgoingMessage message, BodyNode root, Func<int, string> boundary)
    {
        var header = new HeaderWriter(wire);
        header.Addresses("From", [message.From]);
        if (message.To.Count > 0)
        {
            header.Addresses("To", message.To);
        }
        else if (message.Cc.Count == 0)
        {
            header.Unstructured("To", "undisclosed-recipients:;");
        }

        if (message.Cc.Count > 0)
        {
            header.Addresses("Cc", message.Cc);
        }

        if (message.ReplyTo.Count > 0)
        {
            header.Addresses("Reply-To", message.ReplyTo);
        }

        header.Unstructured("Subject", message.Subject);
        header.MessageIds("Message-ID", [message.MessageIdField]);
        Thread(header, message);
        foreach (var (name, value) in message.ExtraHeaders)
        {
            header.Verbatim(name, value);
        }

        if (message.Language is { } language)
        {
            header.Unstructured("Content-Language", language);
        }

        header.Unstructured("MIME-Version", "1.0");
        var level = 0;
        root.Write(wire, header, boundary, ref level);
    }

    /// <summary>RFC 5322 §3.6.4: the parent's References and the parent; of a long thread both ends.</summary>
    private static void Thread(HeaderWriter header, OutgoingMessage message)
    {
        if (message.InReplyTo is not null)
        {
            header.MessageIds("In-Reply-To", [message.InReplyTo]);
        }

        var ids = message.References.Where(id => id != message.InReplyTo).Distinct(StringComparer.Ordinal).ToList();
        if (message.InReplyTo is not null)
        {
            ids.Add(message.InReplyTo);
        }

        var half = message.MaxReferences / 2;
        if (ids.Count > message.MaxReferences)
        {
            ids = [.. ids.Take(half), .. ids.TakeLast(half)];
        }

        if (ids.Count > 0)
        {
            header.MessageIds("References", ids);
        }
    }

    /// <summary>
    /// A boundary holds <c>=_</c>, which neither quoted-printable nor base64 can write, and an attached message (the only content
    /// left as it is that could hold it) is searched for it.
    /// </summary>
    private static Func<int, string> Boundaries(string seed, List<BodyLeaf> files)
    {
        var salt = 0;
        while (files.Exists(file => file.Encoding == "7bit" && file.Content.Span.IndexOf(Encoding.ASCII.GetBytes(Stem(seed, salt))) >= 0))
        {
            salt++;
        }

        var stem = Stem(seed, salt);
        return level => string.Create(CultureInfo.InvariantCulture, $"{stem}_{level}");
    }

    private static string Stem(string seed, int salt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{salt}")));
        return "=_" + Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
