using MultiMail.Core.Text;

namespace MultiMail.Core.Audit;

/// <summary>The bytes of a leaf: canonical JSON with members in ordinal order. What is hashed is what is stored.</summary>
public static class LeafEncoding
{
    /// <summary>The entry bundle's limit (tlog-tiles).</summary>
    public const int MaxBytes = 65_535;

    public static byte[] Encode(LeafDraft draft, long index, DateTimeOffset at)
    {
        var json = new CanonicalJson().BeginObject().Member("account", draft.AccountText);
        json.Name("actor").BeginObject().Member("id", draft.Actor.Id).Member("kind", draft.Actor.Kind).EndObject();
        json.Member("at", Rfc3339.Format(at));
        if (draft.Commit is { } commit)
        {
            json.Name("commit").BeginObject().Member("content", commit.Content).Member("from", commit.From)
                .Member("rcpt", commit.Recipients).Member("subject", commit.Subject).EndObject();
        }

        json.Optional("digest", draft.Digest).Member("event", draft.Event).Optional("leaves", string.IsNullOrEmpty(draft.Leaves) ? null : draft.Leaves).Optional("mailbox", draft.MailboxText)
            .Optional("message", draft.MessageText).Optional("mode", draft.Mode).Member("n", index)
            .Optional("policy", draft.Policy).Optional("reason", draft.Reason).Optional("result", draft.Result)
            .Optional("signed", draft.SignedDigest).Member("v", 1).EndObject();
        var entry = json.ToBytes();
        return entry.Length <= MaxBytes ? entry : throw new InvalidOperationException("A leaf is larger than an entry bundle can hold.");
    }
}
