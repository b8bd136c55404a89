using MultiMail.Core.Node;
using MultiMail.Core.Text;
using MultiMail.Mail;
using System.Text.Json;

namespace MultiMail.Core.Oversight;

/// <summary>How a revision differs from the one before it, read from the frozen bytes and manifests of both.</summary>
/// <param name="Since">The revision that it is compared with.</param>
/// <param name="ByPerson">A person froze the newer one.</param>
public sealed record RevisionChanges(int Since, bool ByPerson, IReadOnlyList<FieldChange> Fields, IReadOnlyList<DiffLine> Text);

/// <param name="Field"><c>subject</c>, <c>to</c>, <c>cc</c>, <c>bcc</c>, <c>category</c>, <c>send_at</c> or <c>attachments</c>.</param>
public sealed record FieldChange(string Field, string Before, string After);

/// <summary>Compares the newest revision with the one before it.</summary>
internal sealed class RevisionComparison(CoreContext core)
{
    /// <returns>Null for a first revision, and where the earlier bytes are gone.</returns>
    public async Task<RevisionChanges?> OfAsync(Message message, ReadMessage now, CancellationToken cancellationToken)
    {
        if (message.Direction is Direction.Inbound || message.Revision < 2)
        {
            return null;
        }

        var revisions = await core.Store.RevisionsAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false);
        var newer = revisions.FirstOrDefault(r => r.Number == message.Revision);
        var older = revisions.FirstOrDefault(r => r.Number == message.Revision - 1);
        if (newer is null || older is null ||
            await core.Store.RawAsync(message.Account, older.WireSha256, cancellationToken).ConfigureAwait(false) is not { } raw)
        {
            return null;
        }

        var before = MessageReader.Read(raw);
        return new RevisionChanges(
            older.Number, core.Ids.TryParse<OperatorId>(newer.Author, out _), Fields(older, before, newer, now),
            LineDiff.Of(Visible(before), Visible(now)));
    }

    private static string Visible(ReadMessage read) => UntrustedText.ShowInvisible(read.TextBody);

    private static List<FieldChange> Fields(Revision older, ReadMessage before, Revision newer, ReadMessage now)
    {
        var (first, second) = (Named(older, before), Named(newer, now));
        return [.. first.Zip(second, (a, b) => new FieldChange(a.Field, a.Value, b.Value)).Where(c => c.Before != c.After)];
    }

    private static IEnumerable<(string Field, string Value)> Named(Revision revision, ReadMessage read)
    {
        using var manifest = JsonDocument.Parse(revision.Manifest);
        var root = manifest.RootElement;
        var envelope = root.GetProperty("envelope");
        return
        [
            ("subject", UntrustedText.ShowInvisible(read.Subject)),
            ("to", Addresses(envelope, "to")),
            ("cc", Addresses(envelope, "cc")),
            ("bcc", Addresses(envelope, "bcc")),
            ("category", Text(root, "category")),
            ("send_at", Text(root, "send_at")),
            ("attachments", string.Join(", ", root.GetProperty("parts").EnumerateArray().Where(p => p.TryGetProperty("filename", out _)).Select(File))),
        ];
    }

    private static string Addresses(JsonElement envelope, string kind) => string.Join(", ", envelope.GetProperty(kind).EnumerateArray().Select(a => a.GetString()));

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() ?? string.Empty : string.Empty;

    // With the beginning of its hash: another file of the same name is another file.
    private static string File(JsonElement part) =>
        $"{UntrustedText.ShowInvisible(part.GetProperty("filename").GetString()!)} ({part.GetProperty("sha256").GetString()![..12]})";
}
