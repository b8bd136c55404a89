using MultiMail.Core.Node;
using MultiMail.Core.Text;
using MultiMail.TransparencyLog;
using System.Globalization;
using System.Text.Json;

namespace MultiMail.Core.Audit;

/// <summary>Reading, checking and proving the log.</summary>
public sealed class AuditTrail
{
    private readonly CoreContext _core;
    private readonly LogKeys _keys;
    private readonly Commitments _commitments;
    private readonly Clockwork _clockwork;

    internal AuditTrail(CoreContext core, LogKeys keys, Commitments commitments, Clockwork clockwork)
    {
        _core = core;
        _keys = keys;
        _commitments = commitments;
        _clockwork = clockwork;
    }

    /// <summary>Rows of the log, newest first.</summary>
    public async Task<AuditList> QueryAsync(Principal principal, AuditLogRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Admin, Scopes.Oversight);
        var faults = new Faults();
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        var since = faults.Time("since", request.Since);
        var mailbox = request.Mailbox is null ? null : await _core.Reach.FindAsync(principal, request.Mailbox, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        if (mailbox is null && principal.Mailboxes is { } few && request.MessageId is null)
        {
            // A key for some mailboxes reads the leaves of one of them at a time, never those of the whole account.
            mailbox = few.Count == 1
                ? await _core.Store.MailboxAsync(principal.Account, few[0], cancellationToken).ConfigureAwait(false)
                : await _core.Reach.FindAsync(principal, null, "mailbox", faults, cancellationToken).ConfigureAwait(false);
        }

        faults.ThrowIfAny();
        MessageId? message = request.MessageId is null ? null : await SeenAsync(principal, request.MessageId, cancellationToken).ConfigureAwait(false);
        if (message is null && principal.World is World.Test)
        {
            throw new RefusalException(ErrorCodes.LiveKeyRequired, "A test key reads the leaves of test messages only.", "Give message_id of a test message, or use a live key.");
        }

        var rows = await _core.Store.QueryLogAsync(
            new AuditQuery(principal.Account, mailbox?.Id, message, request.Actor, request.Action, since, Cursors.Number(request.Cursor), limit + 1), cancellationToken).ConfigureAwait(false);
        var head = await _core.Store.LogHeadAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        return new AuditList(
            [.. rows.Take(limit).Select(LeafReading.Parse)], rows.Count > limit ? Cursors.Of(rows[limit - 1].Index) : null, head?.Size ?? 0);
    }

    /// <summary>Recomputes every leaf, the tree, and every signed checkpoint from the stored entries.</summary>
    /// <param name="oldCheckpoint">A signed checkpoint kept elsewhere; the log must extend it. Null = none.</param>
    public async Task<AuditVerification> VerifyAsync(Principal principal, string? oldCheckpoint, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Admin, Scopes.Oversight);
        var checkpoints = await _core.Store.CheckpointsAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var head = await _core.Store.LogHeadAsync(principal.Account, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("audit log");
        var signer = await _keys.SignerAsync(principal.Account, head.Origin, cancellationToken).ConfigureAwait(false);
        return await new LogCheck(_core.Store, principal.Account, head, checkpoints, signer.Verifier).RunAsync(oldCheckpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every leaf of a message with its inclusion proof under a fresh checkpoint, and the opening of its commitments.</summary>
    public async Task<MessageProof> ProveAsync(Principal principal, string? messageId, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Admin, Scopes.Oversight);
        var id = await SeenAsync(principal, messageId, cancellationToken).ConfigureAwait(false);
        await _clockwork.CheckpointAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var head = (await _core.Store.LogHeadAsync(principal.Account, cancellationToken).ConfigureAwait(false))!;
        var checkpoint = (await _core.Store.LatestCheckpointAsync(principal.Account, cancellationToken).ConfigureAwait(false))!;
        var signer = await _keys.SignerAsync(principal.Account, head.Origin, cancellationToken).ConfigureAwait(false);
        var tree = new MerkleTree();
        await foreach (var entry in LogCheck.EntriesAsync(_core.Store, principal.Account, checkpoint.Size, cancellationToken).ConfigureAwait(false))
        {
            tree.Append(MerkleHash.Leaf(entry.Entry));
        }

        var rows = await _core.Store.QueryLogAsync(
            new AuditQuery(principal.Account, null, id, null, null, null, checkpoint.Size, 1_000), cancellationToken).ConfigureAwait(false);
        var leaves = rows.Reverse().Select(row => new LeafProof(
            row.Index, LeafReading.Parse(row).Event, row.Entry, TlogProof.Create(row.Index, checkpoint.Note, tree).ToText())).ToList();
        var opening = await OpeningJsonAsync(principal.Account, id, leaves, cancellationToken).ConfigureAwait(false);
        return new MessageProof(_core.Ids.Format(id), signer.VerifierKey, leaves, opening);
    }

    /// <summary>An edge refused a caller itself, for want of a scope: that leaves a leaf too.</summary>
    public Task RefusedAsync(Principal principal, string code, CancellationToken cancellationToken) =>
        RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, new RefusalException(code, "Refused at the edge."), mailbox: null, cancellationToken);

    private async Task<MessageId> SeenAsync(Principal principal, string? messageId, CancellationToken cancellationToken)
    {
        var id = _core.ParseMessageId(messageId);
        return await _core.Store.MessageAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) is { } message && Visibility.Shows(principal, message)
            ? id
            : throw RefusalException.NotFound("message");
    }

    private async Task<string> OpeningJsonAsync(AccountId account, MessageId id, List<LeafProof> leaves, CancellationToken cancellationToken)
    {
        var sealedOpening = await _core.Store.OpeningAsync(account, id, cancellationToken).ConfigureAwait(false);
        var plain = sealedOpening is null ? null : await _commitments.OpenAsync(account, sealedOpening, cancellationToken).ConfigureAwait(false);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("message", _core.Ids.Format(id));
            json.WriteStartObject("leaves");
            foreach (var leaf in leaves)
            {
                json.WriteString(leaf.Index.ToString(CultureInfo.InvariantCulture), Convert.ToBase64String(leaf.Leaf));
            }

            json.WriteEndObject();
            json.WritePropertyName("opening");
            if (plain is null)
            {
                json.WriteNullValue(); // erased
            }
            else
            {
                json.WriteRawValue(plain);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
