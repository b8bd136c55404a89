using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Who signs a message with what.</summary>
/// <param name="Domain">d=: the domain of From, A-labels, lower case.</param>
/// <param name="Selector">s=</param>
/// <param name="Agent">Local part of i=; null = none, i= then stands for the domain as a whole. Its domain is d= itself (RFC 6376 §3.5; t=s in a key record forbids another).</param>
/// <param name="ValidFor">x= this long after t=; null = the signature does not expire.</param>
public sealed record DkimIdentity(string Domain, string Selector, DkimKey Key, string? Agent = null, TimeSpan? ValidFor = null);

/// <summary>
/// Signs a message in frozen form (RFC 6376, RFC 8301): relaxed/relaxed, SHA-256, never l=. The names of h= stand once more than
/// their fields occur, so that one added on the way breaks the signature (§5.4.2).
/// </summary>
public static class DkimSigner
{
    public const string FieldName = "DKIM-Signature";

    /// <summary>What h= covers, in its order, present or not.</summary>
    private static readonly string[] Covered =
    [
        "from", "to", "cc", "reply-to", "sender", "subject", "date", "message-id", "in-reply-to", "references", "mime-version", "content-type",
        "content-transfer-encoding", "content-language", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "x-multimail-identity", "x-ai-generated",
    ];

    /// <summary>Whether h= has the field's name, in whatever case.</summary>
    public static bool Covers(string fieldName) => Covered.Contains(fieldName, StringComparer.OrdinalIgnoreCase);

    /// <summary>The signatures as fields to put in front of the message, in the order of <paramref name="identities"/>.</summary>
    /// <exception cref="ArgumentException">The message is not in frozen form or has no From; an identity cannot be written into a tag.</exception>
    public static IReadOnlyList<(string Name, string Value)> Sign(byte[] message, IReadOnlyList<DkimIdentity> identities, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(identities);
        if (FrozenForm.Faults(message) is { Count: > 0 } faults)
        {
            throw new ArgumentException($"The message cannot be signed: {string.Join(", ", faults)}.", nameof(message));
        }

        var split = RawFields.Split(message);
        if (split.Named("from").Count == 0)
        {
            throw new ArgumentException("The message cannot be signed: it has no From.", nameof(message)); // RFC 6376 §5.4
        }

        var names = Names(split);
        var selected = split.Select(names);
        var bodyHash = Convert.ToBase64String(Canonical.BodyHash(split.Body.Span, Canonicalization.Relaxed));
        return [.. identities.Select(identity => (FieldName, Sign(identity, names, selected, bodyHash, at)))];
    }

    private static string Sign(DkimIdentity identity, List<string> names, IReadOnlyList<RawField> selected, string bodyHash, DateTimeOffset at)
    {
        var value = Tags(identity, names, bodyHash, at);
        var field = Encoding.ASCII.GetBytes($"{FieldName}: {value}");
        var signature = identity.Key.Sign(Canonical.HeaderHash(selected, field, Canonicalization.Relaxed));
        value.Octets(Convert.ToBase64String(signature));
        return value.ToString();
    }

    private static FoldedTags Tags(DkimIdentity identity, List<string> names, string bodyHash, DateTimeOffset at)
    {
        if (!IsName(identity.Domain) || !IsName(identity.Selector))
        {
            throw new ArgumentException("The signing domain or selector is not a host name.", nameof(identity));
        }

        var time = at.ToUnixTimeSeconds();
        var tags = new FoldedTags(FieldName.Length + 2);
        tags.Tag("v=1").Tag($"a={identity.Key.Algorithm}").Tag("c=relaxed/relaxed").Tag($"d={identity.Domain}").Tag($"s={identity.Selector}");
        if (identity.Agent is { } agent)
        {
            tags.Tag($"i={LocalPart(agent)}@{identity.Domain}");
        }

        tags.Tag(string.Create(CultureInfo.InvariantCulture, $"t={time}"));
        if (identity.ValidFor is { } life)
        {
            tags.Tag(string.Create(CultureInfo.InvariantCulture, $"x={time + (long)life.TotalSeconds}"));
        }

        return tags.List("h=", names).Tag($"bh={bodyHash}").Open("b=");
    }

    private static bool IsName(string text) => text.Length <= 253
        && text.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    // Verifiers read a blank, a second @ or a quoted form in i= in different ways: only a dot-atom goes in.
    private static string LocalPart(string agent) =>
        agent.Split('.').All(atom => atom.Length > 0 && atom.All(c => Atoms.IsAtomText(c) && c is not ('=' or ';')))
            ? agent
            : throw new ArgumentException("The agent's name cannot stand in i=.", nameof(agent));

    private static List<string> Names(RawFields split)
    {
        var names = new List<string>(Covered.Length * 2);
        foreach (var name in Covered)
        {
            var present = split.Named(name).Count;
            // RFC 6409 §8.1 lets a submission server add Sender, so its absence is not signed.
            var mentions = present == 0 && name == "sender" ? 0 : present + 1;
            names.AddRange(Enumerable.Repeat(name, mentions));
        }

        return names;
    }
}
