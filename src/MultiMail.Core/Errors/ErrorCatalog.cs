namespace MultiMail.Core.Errors;

/// <param name="Status">The HTTP status of the problem.</param>
/// <param name="Title">A short name for people.</param>
/// <param name="Fix">What a caller does next when the refusal says nothing more special.</param>
public sealed record ErrorEntry(string Code, int Status, string Title, string Fix)
{
    /// <summary>Relative path of the documentation.</summary>
    public string Docs => $"docs/errors.md#{Code}";
}

/// <summary>Every code that leaves the process, once.</summary>
public static class ErrorCatalog
{
    private static readonly Dictionary<string, ErrorEntry> Entries = new ErrorEntry[]
    {
        new(ErrorCodes.MalformedJson, 400, "Malformed JSON", "Send one JSON object in UTF-8."),
        new(ErrorCodes.InvalidCursor, 400, "Invalid cursor", "Pass next_cursor of the previous page unchanged, or leave cursor out to start again."),
        new(ErrorCodes.InvalidKey, 401, "Invalid key", "Send Authorization: Bearer with a key made by `multimail key create`."),
        new(ErrorCodes.KeyRevoked, 401, "Key revoked", "Ask a person for a new key: `multimail key create`."),
        new(ErrorCodes.ScopeMissing, 403, "Scope missing", "Use a key that has the scope, or ask a person."),
        new(ErrorCodes.ModeReadOnly, 403, "Mailbox is read only", "Send from another mailbox, or ask a person to change this one's mode."),
        new(ErrorCodes.SelfApprovalForbidden, 403, "Self-approval is forbidden", "Ask a person, or use a reviewer's key that the submitter has no part in."),
        new(ErrorCodes.OversightScopeRequired, 403, "Oversight scope required", "Only a person loosens a mode: `multimail mailbox mode ADDRESS MODE`, the dashboard, or an operator key over REST."),
        new(ErrorCodes.Paused, 403, "Sending is paused", "Wait until a person resumes sending: `multimail pause off`, with the mailbox's address where only that rests, or the page."),
        new(ErrorCodes.RecipientBlocked, 403, "Recipient blocked", "Leave this recipient out, or ask a person to change the access rules."),
        new(ErrorCodes.LiveKeyRequired, 403, "Live key required", "A test key changes nothing that both worlds share: use a live key."),
        new(ErrorCodes.NotFound, 404, "Not found", "Check the id; list the things you can see and take one from there."),
        new(ErrorCodes.MethodNotAllowed, 405, "Method not allowed", "Use one of the methods in the Allow header."),
        new(ErrorCodes.DigestMismatch, 409, "Digest mismatch", "The message has changed: read its current revision and decide about that digest."),
        new(ErrorCodes.VersionConflict, 409, "Version conflict", "Read the current version and apply your change to it."),
        new(ErrorCodes.IdempotencyConflict, 409, "Idempotency key reused", "Use a new idempotency key for other content."),
        new(ErrorCodes.AlreadyDecided, 409, "Already decided", "Read the message's status: this step is over."),
        new(ErrorCodes.TooLate, 409, "Too late", "Read the message's status. A missed send_at needs a new submission with a later one."),
        new(ErrorCodes.RequestExpired, 409, "Expired", "Nobody decided in time, so it was not sent. Submit it again."),
        new(ErrorCodes.MessageTooLarge, 413, "Message too large", "Keep the encoded message under 10,000,000 bytes."),
        new(ErrorCodes.AttachmentTooLarge, 413, "Attachment too large", "Send fewer or smaller attachments."),
        new(ErrorCodes.UnsupportedMediaType, 415, "Unsupported media type", "Send Content-Type: application/json."),
        new(ErrorCodes.InvalidParameter, 422, "Invalid parameter", "Correct the named field."),
        new(ErrorCodes.UnknownParameter, 422, "Unknown parameter", "Remove the named field, or spell it as documented."),
        new(ErrorCodes.InvalidAddress, 422, "Invalid address", "Write addresses as name@example.org or Name <name@example.org>."),
        new(ErrorCodes.AddressTaken, 422, "Address taken", "Choose another address; one that was used is never given again."),
        new(ErrorCodes.NoRelay, 422, "No relay", "Only mailboxes on this server can be reached: send to one of them, or have a person set up a relay: `multimail relay set URL`."),
        new(ErrorCodes.DomainNotRegistered, 422, "Domain not registered", "Use an address at multimail.localhost, have a person register the domain (`multimail domain add NAME`), or link a mailbox that lies elsewhere (`multimail mailbox create ADDRESS --smtp URL --imap URL`)."),
        new(ErrorCodes.DomainNotVerified, 422, "Domain not verified", "Have a person publish the domain's DNS records and run `multimail domain check NAME`; until then mail reaches this server's mailboxes only."),
        new(ErrorCodes.EndpointCheckFailed, 422, "Mail server does not answer as it should", "Correct the named URL; to keep it without a try, set check to false."),
        new(ErrorCodes.UnknownRecipient, 422, "Unknown recipient", "There is no such mailbox on this server: check the address with list_mailboxes."),
        new(ErrorCodes.Suppressed, 422, "Recipient suppressed", "Leave this recipient out: the address does not exist or does not want this mail. Only a person lifts a suppression: `multimail suppression remove ADDRESS`."),
        new(ErrorCodes.ComplianceRejected, 422, "Not compliant", "Follow the fix of each violation and submit again; preview shows the findings without sending."),
        new(ErrorCodes.NeedsProfile, 422, "Sender profile missing", "Have a person set who sends: `multimail profile set --name NAME --address LINES --country XX`, each with what is true of you. Mail between mailboxes of this account needs none."),
        new(ErrorCodes.RateLimited, 429, "Rate limited", "Wait for the seconds in retry_after, then try again."),
        new(ErrorCodes.PendingLimit, 429, "Too many waiting", "Wait until a person has decided some of this mailbox's waiting messages."),
        new(ErrorCodes.Internal, 500, "Internal error", "Try again; if it stays, give the request id to the operator."),
        new(ErrorCodes.AuditUnavailable, 503, "Audit log unavailable", "Nothing was done, because it could not be logged. Try again later."),
        new(ErrorCodes.StorageFull, 503, "Storage full", "Nothing was kept. The operator has to free disk space."),
        new(ErrorCodes.StoreBusy, 503, "Store busy", "Nothing was kept. Try again in a moment."),
    }.ToDictionary(e => e.Code, StringComparer.Ordinal);

    public static IReadOnlyCollection<ErrorEntry> All => Entries.Values;

    public static ErrorEntry Of(string code) => Entries[code];
}
