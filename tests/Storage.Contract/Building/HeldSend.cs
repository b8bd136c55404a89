using System.Text;

namespace Storage.Contract.Building;

/// <summary>Everything that one held send commits. Made before its unit, so that the unit may run again.</summary>
public sealed record HeldSend(
    NewMessage New, Approval Approval, DomainEvent Event, LeafDraft Draft, SealedOpening Opening, string Key, IdempotentAnswer Answer)
{
    public Message Message => New.Message;

    public static HeldSend In(Scene scene, Func<Message, Message>? change = null)
    {
        var message = scene.Message(Direction.Outbound, MessageState.Pending);
        var made = scene.With(change is null ? message : change(message));
        message = made.Message;
        var commit = Convert.ToBase64String(message.Digest);
        return new HeldSend(
            made,
            scene.ApprovalOf(message),
            scene.Event(EventTypes.Pending, message),
            scene.Leaf(LeafNames.Of(Leaf.SendHeld), message) with
            {
                Mode = "gated_send", Policy = "gate", Digest = $"sha256:{Convert.ToHexStringLower(message.Digest)}",
                Commit = new LeafCommitments(commit, commit, [commit], commit),
            },
            new SealedOpening(message.Id, new byte[60], new byte[200]),
            $"send-{message.Id.Value}",
            new IdempotentAnswer(message.Digest, $$"""{"id":"{{message.Id.Value}}","status":"pending"}""", scene.Now.AddDays(1)));
    }

    public async ValueTask WriteAsync(IWriteUnit unit)
    {
        if (await unit.FindAnswerAsync(Message.Account, "send_email", Key) is not null)
        {
            return;
        }

        await unit.InsertMessageAsync(New, Moves.Hold);
        await unit.OpenApprovalAsync(Approval);
        await unit.AddEventAsync(Event);
        await unit.KeepOpeningAsync(Message.Account, Opening);
        await unit.AppendLeafAsync(Draft);
        await unit.KeepAnswerAsync(Message.Account, "send_email", Key, Answer);
    }

    /// <summary>Text of about <paramref name="length"/> characters, the size of an ordinary mail.</summary>
    public static string BodyOf(int length) => new StringBuilder().Insert(0, "Thank you for your order, it leaves tomorrow. ", Math.Max(1, length / 46)).ToString();
}
