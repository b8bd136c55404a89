using System.Security.Cryptography;
using System.Text;

namespace Storage.Contract.Building;

/// <summary>An account with an empty log and a mailbox, and everything that can be made in it.</summary>
public sealed class Scene
{
    private Scene(IStore store, TimeProvider clock, IdSource ids, AccountId account, MailboxId mailbox) =>
        (Store, Clock, Ids, Account, Mailbox) = (store, clock, ids, account, mailbox);

    public IStore Store { get; }

    public TimeProvider Clock { get; }

    public IdSource Ids { get; }

    public AccountId Account { get; }

    public MailboxId Mailbox { get; }

    /// <summary>Milliseconds, as a store keeps times.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Clock.GetUtcNow().ToUnixTimeMilliseconds());

    public static async Task<Scene> CreateAsync(IStore store, TimeProvider clock)
    {
        var ids = new IdSource(clock);
        var scene = new Scene(store, clock, ids, ids.Next<AccountId>(), ids.Next<MailboxId>());
        await scene.WriteAsync(async u =>
        {
            await u.InsertAccountAsync(new Account(scene.Account, "Acme", DualControl: false, [1, 2, 3], PausedAt: null, scene.Now));
            await u.CreateLogAsync(new LogHead(scene.Account, $"log-{scene.Account.Value}", "example.org/log", 0, [], scene.Now));
            await u.InsertMailboxAsync(scene.NewMailbox($"agent-{scene.Mailbox.Value}@example.org") with { Id = scene.Mailbox });
        });
        return scene;
    }

    /// <summary>The scene of an account that another process, or an earlier run, made.</summary>
    public static Scene Of(IStore store, TimeProvider clock, AccountId account, MailboxId mailbox) =>
        new(store, clock, new IdSource(clock), account, mailbox);

    public static byte[] Sha256(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public ValueTask<bool> WriteAsync(Func<IWriteUnit, ValueTask> unit) => Store.WriteAsync(
        async u =>
        {
            await unit(u);
            return true;
        },
        CancellationToken.None);

    public ValueTask<T> WriteAsync<T>(Func<IWriteUnit, ValueTask<T>> unit) => Store.WriteAsync(unit, CancellationToken.None);

    public Mailbox NewMailbox(string address) => new(
        Ids.Next<MailboxId>(), Account, address, "Agent", "agent-1", Mode.GatedSend, DeactivatedAt: null, PausedAt: null, 0, 0, 1, Now);

    public Message Message(Direction direction, MessageState state) => Message(direction, state, Ids.Next<MessageId>());

    /// <summary>A message with its bytes, in a thread of its own.</summary>
    public NewMessage With(Message message, byte[]? raw = null, params string[] recipients)
    {
        raw ??= Encoding.UTF8.GetBytes($"Subject: {message.Subject}\r\nMessage-ID: <{message.MessageIdField}>\r\n\r\n{message.BodyText}\r\n");
        message = message with { RawSha256 = SHA256.HashData(raw), Size = raw.Length };
        var revision = message.Direction is Direction.Outbound
            ? new Revision(message.Id, message.Revision, message.Digest, "{}"u8.ToArray(), message.RawSha256, "key_1", Now) : null;
        var to = (recipients is [] ? message.To : recipients).Select(a => new Recipient(message.Id, RecipientKind.To, a, RecipientState.Waiting, Code: null, Now));
        return new NewMessage(message, raw, revision, [.. to], [], Thread(message), NewThread: true);
    }

    public NewMessage Reply(NewMessage to, Message message) =>
        With(message with { Thread = to.Message.Thread }) with { Thread = to.Thread, NewThread = false };

    public Approval ApprovalOf(Message message) => new(
        Ids.Next<ApprovalId>(),
        Account,
        message.Id,
        message.Mailbox,
        message.Direction is Direction.Outbound ? "outbound" : "inbound",
        message.Revision,
        message.Digest,
        message.World,
        message.SubmittedBy ?? "source",
        message.SubmitterLineage ?? "source",
        message.RiskFlags,
        "Answer the customer",
        Now,
        Now.AddHours(72));

    public Decision DecisionOn(Approval approval, string verb = "approve", string owner = "opr_1") => new(
        Ids.Next<DecisionId>(), Account, approval.Id, approval.Message, verb, owner, owner, "dashboard", Reason: null, approval.Digest, Now);

    public DomainEvent Event(string type, Message? about = null) =>
        new(Ids.Next<EventId>(), Account, type, about?.World ?? World.Live, about?.Mailbox, about?.Id, "{}"u8.ToArray(), Now);

    public LeafDraft Leaf(string name, Message? about = null) => new(Account, name, new LeafActor("key_1", "agent"), $"acc_{Account.Value}")
    {
        Mailbox = about?.Mailbox,
        MailboxText = about is null ? null : $"mbx_{about.Mailbox.Value}",
        Message = about?.Id,
        MessageText = about is null ? null : $"msg_{about.Id.Value}",
    };

    /// <summary>Stores a message with its leaf, as every act does.</summary>
    public async Task<NewMessage> InsertAsync(NewMessage message, Moved moved)
    {
        await WriteAsync(async u =>
        {
            await u.InsertMessageAsync(message, moved);
            await u.AppendLeafAsync(Leaf(LeafNames.Of(moved.Leaf), message.Message));
        });
        return message;
    }

    public Task<NewMessage> ReceiveAsync(Func<Message, Message>? change = null)
    {
        var message = Message(Direction.Inbound, MessageState.Received);
        return InsertAsync(With(change is null ? message : change(message)), Moves.Receive);
    }

    public async Task<HeldSend> HoldAsync(Func<Message, Message>? change = null)
    {
        var held = HeldSend.In(this, change);
        await WriteAsync(held.WriteAsync);
        return held;
    }

    private Message Message(Direction direction, MessageState state, MessageId id) => new()
    {
        Id = id,
        Account = Account,
        Mailbox = Mailbox,
        Thread = Ids.Next<ThreadId>(),
        Direction = direction,
        World = World.Live,
        State = state,
        Folder = direction is Direction.Outbound ? Folder.Sent : Folder.Inbox,
        Digest = Sha256($"manifest {id.Value}"),
        DedupeKey = $"{id.Value}",
        MessageIdField = $"{id.Value}@example.org",
        FromAddress = direction is Direction.Outbound ? "agent@example.org" : "customer@example.net",
        FromName = "Somebody",
        To = [direction is Direction.Outbound ? "customer@example.net" : "agent@example.org"],
        Subject = "Your order",
        Snippet = "Thank you for your order",
        BodyText = "Thank you for your order. It leaves tomorrow.",
        ReceivedAt = Now,
        Unread = direction is Direction.Inbound && state is MessageState.Received,
        SubmittedBy = direction is Direction.Outbound ? "key_1" : null,
        SubmitterLineage = direction is Direction.Outbound ? "key_1" : null,
    };

    private MailThread Thread(Message message) =>
        new(message.Thread, Account, message.Mailbox, message.Subject, message.ReceivedAt, message.ReceivedAt, 1, message.Unread ? 1 : 0);
}
