using System.Text.Json;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Requests;

/// <summary>A looser mode of one mailbox, from what it is now.</summary>
/// <param name="Version">The mailbox's version when it was asked: whoever approves decides about that state and no other.</param>
internal sealed record ModeWish(CoreContext Core, MailboxId About, string Address, Mode From, Mode To, int Version) : IRequestedChange
{
    public const string Name = "mode";
    private readonly EventId _event = Core.NewId<EventId>();

    public string Kind => Name;

    public MailboxId? Mailbox => About;

    public byte[] Payload => new CanonicalJson()
        .BeginObject()
        .Member("address", Address)
        .Member("from", Modes.Name(From))
        .Member("kind", Name)
        .Member("mailbox", Core.Ids.Format(About))
        .Member("to", Modes.Name(To))
        .Member("version", Version)
        .EndObject()
        .ToBytes();

    public string Sentence => $"{Address} changes from {Modes.Words(From)} to {Modes.Words(To)}.";

    public bool NeedsOperator => false;

    public async ValueTask<ChangePicture> PictureAsync(AccountId account, CancellationToken cancellationToken)
    {
        var current = await Core.Store.MailboxAsync(account, About, cancellationToken).ConfigureAwait(false);
        return new ChangePicture([new ChangeLine("Mode", Modes.Name(From), Modes.Name(To))], Obstacle(current));
    }

    public async ValueTask ApplyAsync(IWriteUnit unit, Principal decider, ChangeRequest request)
    {
        var current = await unit.FindMailboxAsync(request.Account, About).ConfigureAwait(false);
        if (Obstacle(current) is { } obstacle)
        {
            throw RequestDesk.Changed(obstacle);
        }

        await new MailboxActs(Core).ChangeAsync(
            unit, decider, About, new MailboxChange { OversightMode = Modes.Name(To), ExpectedVersion = Version }, To, _event, request.Lineage).ConfigureAwait(false);
    }

    private string? Obstacle(Mailbox? current) => current switch
    {
        null or { DeactivatedAt: not null } => "The mailbox is no more.",
        _ when current.Mode != From => $"The mailbox is {Modes.Words(current.Mode)} now, no longer {Modes.Words(From)}.",
        _ when current.Version != Version => "The mailbox was changed after this was asked.",
        _ => null,
    };
}

internal sealed class ModeKind(CoreContext core) : IRequestKind
{
    public string Name => ModeWish.Name;

    public IRequestedChange Read(JsonElement payload) => new ModeWish(
        core, payload.Id<MailboxId>("mailbox", core.Ids), payload.Text("address"), payload.Mode("from"), payload.Mode("to"), payload.GetProperty("version").GetInt32());
}
