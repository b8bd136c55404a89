namespace MultiMail.Core.Ids;

/// <summary>A typed key. Inside it is a 63-bit time-ordered number; outside <see cref="PublicIds"/> gives its text.</summary>
public interface IEntityId<TSelf>
    where TSelf : struct, IEntityId<TSelf>
{
    /// <summary>The text before the underscore, e.g. <c>msg</c>.</summary>
    static abstract string Prefix { get; }

    static abstract TSelf From(long value);

    long Value { get; }
}

public readonly record struct AccountId(long Value) : IEntityId<AccountId>
{
    public static string Prefix => "acc";

    public static AccountId From(long value) => new(value);
}

public readonly record struct OperatorId(long Value) : IEntityId<OperatorId>
{
    public static string Prefix => "opr";

    public static OperatorId From(long value) => new(value);
}

public readonly record struct ApiKeyId(long Value) : IEntityId<ApiKeyId>
{
    public static string Prefix => "key";

    public static ApiKeyId From(long value) => new(value);
}

public readonly record struct MailboxId(long Value) : IEntityId<MailboxId>
{
    public static string Prefix => "mbx";

    public static MailboxId From(long value) => new(value);
}

public readonly record struct ThreadId(long Value) : IEntityId<ThreadId>
{
    public static string Prefix => "thr";

    public static ThreadId From(long value) => new(value);
}

public readonly record struct MessageId(long Value) : IEntityId<MessageId>
{
    public static string Prefix => "msg";

    public static MessageId From(long value) => new(value);
}

public readonly record struct AttachmentId(long Value) : IEntityId<AttachmentId>
{
    public static string Prefix => "att";

    public static AttachmentId From(long value) => new(value);
}

/// <summary>One hold of one message: opened when the gate holds, closed by a decision, an edit, a cancel or expiry.</summary>
public readonly record struct ApprovalId(long Value) : IEntityId<ApprovalId>
{
    public static string Prefix => "apr";

    public static ApprovalId From(long value) => new(value);
}

public readonly record struct DecisionId(long Value) : IEntityId<DecisionId>
{
    public static string Prefix => "dec";

    public static DecisionId From(long value) => new(value);
}

public readonly record struct EventId(long Value) : IEntityId<EventId>
{
    public static string Prefix => "evt";

    public static EventId From(long value) => new(value);
}

public readonly record struct DomainId(long Value) : IEntityId<DomainId>
{
    public static string Prefix => "dom";

    public static DomainId From(long value) => new(value);
}

/// <summary>A change that loosens something and waits for a person.</summary>
public readonly record struct RequestId(long Value) : IEntityId<RequestId>
{
    public static string Prefix => "req";

    public static RequestId From(long value) => new(value);
}

/// <summary>An access rule.</summary>
public readonly record struct RuleId(long Value) : IEntityId<RuleId>
{
    public static string Prefix => "rul";

    public static RuleId From(long value) => new(value);
}

public readonly record struct ContactId(long Value) : IEntityId<ContactId>
{
    public static string Prefix => "ctc";

    public static ContactId From(long value) => new(value);
}

public readonly record struct TemplateId(long Value) : IEntityId<TemplateId>
{
    public static string Prefix => "tpl";

    public static TemplateId From(long value) => new(value);
}

/// <summary>A mail to the notify address.</summary>
public readonly record struct NoticeId(long Value) : IEntityId<NoticeId>
{
    public static string Prefix => "ntc";

    public static NoticeId From(long value) => new(value);
}
