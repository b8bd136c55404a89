using System.Text.Json;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Requests;

/// <summary>A new mailbox.</summary>
/// <param name="For">The key that asked, where it is bound to mailboxes: it may use the new one, else it could not.</param>
internal sealed record MailboxWish(CoreContext Core, string Address, string? DisplayName, string? AgentId, Mode Mode, ApiKeyId? For) : IRequestedChange
{
    public const string Name = "mailbox";
    private readonly MailboxId _id = Core.NewId<MailboxId>();

    public string Kind => Name;

    public MailboxId? Mailbox => null;

    public byte[] Payload => new CanonicalJson()
        .BeginObject()
        .Member("address", Address)
        .Optional("agent_id", AgentId)
        .Optional("display_name", DisplayName)
        .Optional("for", Core.Ids.Format(For))
        .Member("kind", Name)
        .Member("mode", Modes.Name(Mode))
        .EndObject()
        .ToBytes();

    public string Sentence => $"A new mailbox {Address}, {Modes.Words(Mode)}.{(For is null ? string.Empty : " The key that asked may use it.")}";

    public bool NeedsOperator => false;

    public async ValueTask<ChangePicture> PictureAsync(AccountId account, CancellationToken cancellationToken)
    {
        var taken = await Core.Store.MailboxByAddressAsync(account, Address, cancellationToken).ConfigureAwait(false) is not null;
        return new ChangePicture(
            [
                new ChangeLine("Mailbox", null, Address),
                new ChangeLine("Mode", null, Modes.Name(Mode)),
                .. DisplayName is null ? [] : new[] { new ChangeLine("Display name", null, DisplayName) },
                .. AgentId is null ? [] : new[] { new ChangeLine("Agent id", null, AgentId) },
                .. For is null ? [] : new[] { new ChangeLine("May use it", null, Core.Ids.Format(For.Value)) },
            ],
            taken ? "The address was taken meanwhile." : null);
    }

    public async ValueTask ApplyAsync(IWriteUnit unit, Principal decider, ChangeRequest request)
    {
        var born = new Mailbox(_id, request.Account, Address, DisplayName, AgentId, Mode, null, null, 0, 0, 1, unit.Now);
        await new MailboxActs(Core).CreateAsync(unit, decider, born).ConfigureAwait(false);
        if (For is { } key && await unit.FindKeyAsync(request.Account, key).ConfigureAwait(false) is { Mailboxes: { } bound })
        {
            await unit.SetKeyMailboxesAsync(request.Account, key, [.. bound, _id]).ConfigureAwait(false);
        }
    }
}

internal sealed class MailboxKind(CoreContext core) : IRequestKind
{
    public string Name => MailboxWish.Name;

    public IRequestedChange Read(JsonElement payload) => new MailboxWish(
        core, payload.Text("address"), payload.OptionalText("display_name"), payload.OptionalText("agent_id"), payload.Mode("mode"),
        payload.OptionalText("for") is null ? null : payload.Id<ApiKeyId>("for", core.Ids));
}
