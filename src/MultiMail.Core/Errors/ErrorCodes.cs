namespace MultiMail.Core.Errors;

/// <summary>Stable codes of refusals. <see cref="ErrorCatalog"/> has what each means to a caller.</summary>
public static class ErrorCodes
{
    public const string MalformedJson = "malformed_json";
    public const string InvalidCursor = "invalid_cursor";
    public const string InvalidKey = "invalid_key";
    public const string KeyRevoked = "key_revoked";
    public const string ScopeMissing = "scope_missing";
    public const string ModeReadOnly = "mode_read_only";
    public const string SelfApprovalForbidden = "self_approval_forbidden";
    public const string OversightScopeRequired = "oversight_scope_required";
    public const string Paused = "paused";
    public const string RecipientBlocked = "recipient_blocked";
    public const string LiveKeyRequired = "live_key_required";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string DigestMismatch = "digest_mismatch";
    public const string VersionConflict = "version_conflict";
    public const string IdempotencyConflict = "idempotency_conflict";
    public const string AlreadyDecided = "already_decided";
    public const string TooLate = "too_late";
    public const string RequestExpired = "request_expired";
    public const string MessageTooLarge = "message_too_large";
    public const string AttachmentTooLarge = "attachment_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string InvalidParameter = "invalid_parameter";
    public const string UnknownParameter = "unknown_parameter";
    public const string InvalidAddress = "invalid_address";
    public const string AddressTaken = "address_taken";
    public const string NoRelay = "no_relay";
    public const string DomainNotRegistered = "domain_not_registered";
    public const string DomainNotVerified = "domain_not_verified";
    public const string EndpointCheckFailed = "endpoint_check_failed";
    public const string UnknownRecipient = "unknown_recipient";
    public const string Suppressed = "suppressed";
    public const string ComplianceRejected = "compliance_rejected";
    public const string NeedsProfile = "needs_profile";
    public const string RateLimited = "rate_limited";
    public const string PendingLimit = "pending_limit";
    public const string Internal = "internal";
    public const string AuditUnavailable = "audit_unavailable";
    public const string StorageFull = "storage_full";
    public const string StoreBusy = "store_busy";
}
