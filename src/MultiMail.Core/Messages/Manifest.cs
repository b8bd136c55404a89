using MultiMail.Core.Templates;
using MultiMail.Core.Text;
using MultiMail.Mail;
using System.Security.Cryptography;

namespace MultiMail.Core.Messages;

/// <summary>
/// What a person approves, as RFC 8785 JSON: the hash of every byte on the wire, the whole envelope with blind copies, the
/// parts by hash, category and time. Its SHA-256 is the digest.
/// </summary>
internal static class Manifest
{
    private static readonly string[] Kinds = ["to", "cc", "bcc"];

    public static byte[] Encode(CheckedSubmission wanted, string? category, string messageIdField, ComposedMessage composed)
    {
        var json = new CanonicalJson().BeginObject()
            .Optional("category", category)
            .Optional("category_basis", wanted.TransactionalBasis);
        json.Name("envelope").BeginObject()
            .Member("bcc", wanted.Bcc.Select(a => a.AddrSpec))
            .Member("cc", wanted.Cc.Select(a => a.AddrSpec))
            .Member("from", wanted.From.AddrSpec)
            .Member("to", wanted.To.Select(a => a.AddrSpec)).EndObject();
        json.Member("message_id", messageIdField).Name("parts").BeginArray();
        foreach (var part in composed.Parts)
        {
            json.BeginObject().Member("content_type", part.ContentType).Optional("filename", part.FileName)
                .Member("sha256", part.Sha256).Member("size", part.Size).EndObject();
        }

        json.EndArray().Optional("send_at", Rfc3339.Format(wanted.SendAt));
        if (wanted.Template is { } template)
        {
            json.Name("template").BeginObject().Member("digest", template.Digest).Member("id", template.Id).Member("version", template.Version).EndObject();
        }

        json.Member("v", 1)
            .Member("wire", Digests.Text(SHA256.HashData(composed.Wire))).EndObject();
        return json.ToBytes();
    }

    /// <summary>
    /// Whether these bytes are the approved ones: the manifest has this digest and names these very bytes. Called with what the
    /// store holds right before anything leaves.
    /// </summary>
    public static bool Covers(ReadOnlySpan<byte> digest, Revision revision, ReadOnlySpan<byte> wire)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(revision.Manifest, hash);
        if (!hash.SequenceEqual(digest) || !hash.SequenceEqual(revision.Digest))
        {
            return false;
        }

        SHA256.HashData(wire, hash);
        using var manifest = System.Text.Json.JsonDocument.Parse(revision.Manifest);
        return manifest.RootElement.TryGetProperty("wire", out var named) && named.GetString() == Digests.Text(hash);
    }

    /// <summary>The template that the message was made from, as its manifest names it.</summary>
    public static TemplateUse? Template(Revision revision)
    {
        using var manifest = System.Text.Json.JsonDocument.Parse(revision.Manifest);
        return manifest.RootElement.TryGetProperty("template", out var template)
            ? new TemplateUse(template.GetProperty("id").GetString()!, template.GetProperty("version").GetInt32(), template.GetProperty("digest").GetString()!)
            : null;
    }

    /// <summary>The envelope's recipients as the manifest names them: to, cc, bcc.</summary>
    public static IReadOnlySet<string> Recipients(Revision revision)
    {
        using var manifest = System.Text.Json.JsonDocument.Parse(revision.Manifest);
        var envelope = manifest.RootElement.GetProperty("envelope");
        return Kinds.SelectMany(kind => envelope.GetProperty(kind).EnumerateArray().Select(a => a.GetString()!))
            .ToHashSet(StringComparer.Ordinal);
    }
}
