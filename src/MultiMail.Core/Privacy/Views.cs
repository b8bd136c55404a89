namespace MultiMail.Core.Privacy;

/// <summary>What an erasure did.</summary>
/// <param name="Messages">Mail from or to the address whose content is gone.</param>
/// <param name="Mentions">Mail between others that named it somewhere; its content is gone as well.</param>
/// <param name="Stopped">Of these: mail that waited and was stopped first.</param>
/// <param name="Leaving">Mail that is being delivered at this moment. It was left alone; its next attempt is stopped. Erase again then.</param>
/// <param name="Texts">Texts outside of mail that named it: notes, reasons, templates, events, log lines.</param>
/// <param name="Contact">There was a contact.</param>
/// <param name="Complete">Nothing is left in the files. False: <paramref name="Leaving"/> is not 0, or another process reads the store without a pause.</param>
public sealed record ErasureReport(int Messages, int Mentions, int Stopped, int Leaving, int Texts, int Rules, int Requests, bool Contact, bool Complete);

/// <summary>Everything that is kept about an address.</summary>
/// <param name="MentionedIn">Ids of mail between others that names it; it is not the address's to read.</param>
public sealed record AddressExport(
    string Address,
    DateTimeOffset ExportedAt,
    ExportedContact? Contact,
    IReadOnlyList<ExportedSuppression> Suppressions,
    IReadOnlyList<ExportedMessage> Messages,
    IReadOnlyList<string> MentionedIn,
    IReadOnlyList<ExportedRule> Rules,
    IReadOnlyList<ExportedRequest> Requests);

public sealed record ExportedContact(
    string Id, string Email, string? Name, IReadOnlyList<string> Tags, string? Notes, string Source, string? Language, string RecipientKind,
    string? ConsentSource, string? ConsentWording, DateTimeOffset? ConsentAt, string? Relationship, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="LiftedAt">Null = it stands.</param>
public sealed record ExportedSuppression(string Reason, DateTimeOffset? Since, string By, string? Note, DateTimeOffset? LiftedAt, string? Evidence);

/// <param name="Raw">The message as received, or as it left or would leave; empty when only a draft is there.</param>
/// <param name="LeafIndexes">Where the log speaks of it.</param>
public sealed record ExportedMessage(
    string Id, string Direction, string Mailbox, string Status, DateTimeOffset At, string From, IReadOnlyList<string> To, IReadOnlyList<string> Cc, string Subject, string Text,
    IReadOnlyDictionary<string, string> Tags, IReadOnlyList<ExportedDecision> Decisions, IReadOnlyList<long> LeafIndexes, byte[] Raw);

public sealed record ExportedDecision(string Decision, string By, DateTimeOffset At, string? Reason);

public sealed record ExportedRule(string Id, string Direction, string Type, string Pattern, string? Note, DateTimeOffset CreatedAt);

public sealed record ExportedRequest(string Id, string Kind, string Status, string Payload, string? Justification, DateTimeOffset CreatedAt);
