using System.Text.Json;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Requests;

/// <summary>Mail may go again to an address that bounced. Complaints and unsubscribes are not lifted on a key's word.</summary>
/// <param name="Evidence">The asker's own words why the address exists.</param>
internal sealed record LiftWish(CoreContext Core, string Address, string Evidence) : IRequestedChange
{
    public const string Name = "suppression";
    public const int MaxEvidence = 2_000;

    /// <summary>More reasons than there are for one address.</summary>
    private const int AllReasons = 10;

    public string Kind => Name;

    public MailboxId? Mailbox => null;

    public byte[] Payload => new CanonicalJson()
        .BeginObject()
        .Member("address", Address)
        .Member("evidence", Evidence)
        .Member("kind", Name)
        .EndObject()
        .ToBytes();

    public string Sentence => $"{Address}, which bounced, may get mail again.";

    // Whoever lifts a suppression directly is a person or an operator key; a request is no way round.
    public bool NeedsOperator => true;

    public async ValueTask<ChangePicture> PictureAsync(AccountId account, CancellationToken cancellationToken)
    {
        var rows = await Core.Store.SuppressionsAsync(
            new SuppressionQuery(account, AllReasons) { Names = Core.SuppressionSecrets.NamesOf(account, Address) }, cancellationToken).ConfigureAwait(false);
        return new ChangePicture(
            [new ChangeLine("Mail to", Address, Address), new ChangeLine("Suppressed", "bounced", null), new ChangeLine("Evidence, in the asker's words", null, Evidence)],
            Obstacle([.. rows.Select(r => r.Reason)]));
    }

    public async ValueTask ApplyAsync(IWriteUnit unit, Principal decider, ChangeRequest request)
    {
        var standing = await unit.SuppressionsAsync(request.Account, Core.SuppressionSecrets.NamesOf(request.Account, Address)).ConfigureAwait(false);
        if (Obstacle([.. standing.Select(s => s.Reason)]) is { } obstacle)
        {
            throw RequestDesk.Changed(obstacle);
        }

        await new Suppressions(Core).RemoveAsync(unit, decider, Address).ConfigureAwait(false);
    }

    public static string? Obstacle(IReadOnlyList<SuppressionReason> reasons) => reasons switch
    {
        [] => "The address is not suppressed.",
        [SuppressionReason.HardBounce] => null,
        _ => "The address is suppressed for more than a bounce.",
    };
}

internal sealed class LiftKind(CoreContext core) : IRequestKind
{
    public string Name => LiftWish.Name;

    public IRequestedChange Read(JsonElement payload) => new LiftWish(core, payload.Text("address"), payload.Text("evidence"));
}
