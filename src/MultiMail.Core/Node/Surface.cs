#pragma warning disable
using MultiMail.Core.Storage;
namespace MultiMail.Core.Node
{
    /// <summary>First start: store key, account, log, first operator, default agent and two mailboxes. Safe to repeat.</summary>
    public sealed class Installation
    {
        /// <summary>True when an account exists.</summary>
        public Task<bool> IsInitialisedAsync(CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Creates what is missing; operatorEmail optional. Returns what stands.</summary>
        public Task<InstallationView> InitialiseAsync(string? operatorEmail, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>The local default agent's principal (scopes read, send), for stdio without a key.</summary>
        public Task<Principal> LocalAgentAsync(string channel, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Whoever can open the data folder is a person: the only operator, or the one named by e-mail.</summary>
        public Task<Principal> PersonAtTerminalAsync(string? asEmail, CancellationToken ct) => throw new NotImplementedException();
    }
    public sealed record InstallationView(bool Created, AccountId Account, string OperatorId, string? OperatorEmail, string AgentMailbox, string PersonMailbox);
    public sealed class Clockwork
    {
        /// <summary>Expires holds that are past their time. Returns how many.</summary>
        public Task<int> ExpireAsync(CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Signs a checkpoint for every log that grew. Returns how many.</summary>
        public Task<int> SignCheckpointsAsync(CancellationToken ct) => throw new NotImplementedException();
    }
}
namespace MultiMail.Core.Messages
{
    public sealed class Submissions
    {
        public Task<SubmissionReceipt> SendAsync(Principal principal, Submission submission, CancellationToken ct) => throw new NotImplementedException();
        public Task<SubmissionReceipt> ReplyAsync(Principal principal, Reply reply, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Stops a pending or scheduled message. Returns its status after.</summary>
        public Task<MessageStatusView> CancelAsync(Principal principal, string? messageId, string? reason, CancellationToken ct) => throw new NotImplementedException();
        public Task<StatusList> StatusAsync(Principal principal, StatusRequest request, CancellationToken ct) => throw new NotImplementedException();
    }
    public sealed class Inbox
    {
        public Task<MessageList> ListAsync(Principal principal, InboxRequest request, CancellationToken ct) => throw new NotImplementedException();
        public Task<MessageList> SearchAsync(Principal principal, SearchRequest request, CancellationToken ct) => throw new NotImplementedException();
        public Task<MessageView> ReadAsync(Principal principal, ReadRequest request, CancellationToken ct) => throw new NotImplementedException();
        public Task<ThreadView> ThreadAsync(Principal principal, ThreadRequest request, CancellationToken ct) => throw new NotImplementedException();
        public Task<WaitResult> WaitAsync(Principal principal, WaitRequest request, CancellationToken ct) => throw new NotImplementedException();
        public Task<IReadOnlyList<ItemResult>> TagAsync(Principal principal, TagRequest request, CancellationToken ct) => throw new NotImplementedException();
    }
}
namespace MultiMail.Core.Oversight
{
    public sealed class PendingQueue
    {
        public Task<PendingList> ListAsync(Principal principal, PendingRequest request, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Needs oversight. Also of a message already decided (status says so). Logs approval.viewed when it is open.</summary>
        public Task<PendingReview> ReviewAsync(Principal principal, string? messageId, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Sent without waiting in monitored mailboxes, newest first, for the page.</summary>
        public Task<IReadOnlyList<MessageSummary>> MonitoredAsync(Principal principal, int limit, CancellationToken ct) => throw new NotImplementedException();
    }
    public sealed class DecisionDesk
    {
        public Task<DecisionReceipt> ApproveAsync(Principal principal, DecisionRequest request, CancellationToken ct) => throw new NotImplementedException();
        public Task<DecisionReceipt> RejectAsync(Principal principal, DecisionRequest request, CancellationToken ct) => throw new NotImplementedException();
        public Task<DecisionReceipt> RequestChangesAsync(Principal principal, DecisionRequest request, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Approve over MCP never decides: checks that the principal may decide these and answers their approval URLs, in order.</summary>
        public Task<IReadOnlyList<string>> ApprovalUrlsAsync(Principal principal, IReadOnlyList<DecisionRequest> items, CancellationToken ct) => throw new NotImplementedException();
    }
}
namespace MultiMail.Core.Mailboxes
{
    public sealed class MailboxDirectory
    {
        public Task<MailboxView> CreateAsync(Principal principal, NewMailbox mailbox, CancellationToken ct) => throw new NotImplementedException();
        public Task<MailboxList> ListAsync(Principal principal, int? limit, string? cursor, CancellationToken ct) => throw new NotImplementedException();
        public Task<MailboxView> GetAsync(Principal principal, string? mailbox, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>mailbox is an id or an address. A looser mode needs a person or an oversight key of foreign lineage.</summary>
        public Task<MailboxView> ChangeAsync(Principal principal, string? mailbox, MailboxChange change, CancellationToken ct) => throw new NotImplementedException();
    }
}
namespace MultiMail.Core.ApiKeys
{
    public sealed class KeyRing
    {
        /// <summary>People only (CLI, dashboard).</summary>
        public Task<CreatedKey> CreateAsync(Principal principal, NewKey key, CancellationToken ct) => throw new NotImplementedException();
        public Task<IReadOnlyList<ApiKeyView>> ListAsync(Principal principal, CancellationToken ct) => throw new NotImplementedException();
        public Task RevokeAsync(Principal principal, string? keyId, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Bearer text to principal; throws invalid_key / key_revoked. channel: mcp, rest.</summary>
        public Task<Principal> AuthenticateAsync(string? bearer, string channel, CancellationToken ct) => throw new NotImplementedException();
    }
}
namespace MultiMail.Core.Accounts
{
    public sealed class People
    {
        public Task<AccountView> AccountAsync(Principal principal, CancellationToken ct) => throw new NotImplementedException();
        public Task<OperatorView> AddAsync(Principal person, string? email, string? password, CancellationToken ct) => throw new NotImplementedException();
        public Task<IReadOnlyList<OperatorView>> ListAsync(Principal person, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Sets e-mail (null = keep) and password of an operator; used at first sign-in and by the CLI.</summary>
        public Task SetCredentialsAsync(Principal person, string? email, string? password, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>A one-time sign-in token (15 min, single use); the link is PublicUrl + /login/{token}. CLI and serve only, never an agent's edge.</summary>
        public Task<string> LoginTokenAsync(Principal person, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Null: used, expired or unknown.</summary>
        public Task<SignedIn?> SignInByLinkAsync(string token, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Null: wrong e-mail or password (same time either way).</summary>
        public Task<SignedIn?> SignInByPasswordAsync(string? email, string? password, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Cookie token to the signed-in person; null when unknown or expired.</summary>
        public Task<SignedIn?> SessionAsync(string? token, CancellationToken ct) => throw new NotImplementedException();
        public Task SignOutAsync(string token, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>True when some operator has set a password.</summary>
        public Task<bool> AnySignedUpAsync(CancellationToken ct) => throw new NotImplementedException();
        public Task<string> AddDomainAsync(Principal person, string? name, CancellationToken ct) => throw new NotImplementedException();
        public Task<IReadOnlyList<string>> DomainsAsync(Principal person, CancellationToken ct) => throw new NotImplementedException();
    }
}
namespace MultiMail.Core.Audit
{
    public sealed class AuditTrail
    {
        public Task<AuditList> QueryAsync(Principal principal, AuditLogRequest request, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>Recomputes everything; oldCheckpoint = text of a signed note held elsewhere, or null.</summary>
        public Task<AuditVerification> VerifyAsync(Principal principal, string? oldCheckpoint, CancellationToken ct) => throw new NotImplementedException();
        public Task<MessageProof> ProveAsync(Principal principal, string? messageId, CancellationToken ct) => throw new NotImplementedException();
        /// <summary>A refusal that an edge itself met (wrong scope on a tool): its leaf access.refused.</summary>
        public Task RefusedAsync(Principal principal, string code, CancellationToken ct) => throw new NotImplementedException();
    }
}
namespace MultiMail.Core.Delivery
{
    public sealed class DeliveryWorker
    {
        /// <summary>Claims and works off what is due. Returns how many jobs it took.</summary>
        public Task<int> RunOnceAsync(CancellationToken ct) => throw new NotImplementedException();
    }
}
#pragma warning restore
