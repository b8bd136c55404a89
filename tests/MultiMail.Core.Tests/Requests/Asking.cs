using MultiMail.Core.Accounts;
using MultiMail.Core.Audit;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Requests;
using MultiMail.Core.Suppression;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Requests;

/// <summary>The usual steps of asking and deciding.</summary>
internal static class Asking
{
    public const string Bounced = "gone@example.com";

    public static async Task<RequestReceipt> AskModeAsync(this House house, string mode = "monitored", Principal? who = null, string? why = "Thirty clean weeks.") =>
        Assert.IsType<ModeAsked>(await house.Node.Requests.RequestModeAsync(who ?? house.Agent, Installation.AgentAddress, mode, why, default)).Request;

    public static async Task<RequestReceipt> AskMailboxAsync(this House house, string address = "sales@multimail.localhost", Principal? who = null, string? mode = null) =>
        Assert.IsType<MailboxAsked>(await house.Node.Mailboxes.CreateAsync(who ?? house.Agent, new NewMailbox { Address = address, OversightMode = mode }, default)).Request;

    public static async Task<RequestReceipt> AskLiftAsync(this House house, Principal? who = null) =>
        await house.Node.Requests.RequestLiftAsync(who ?? (await house.KeyAsync("admin")).Principal, Bounced, "They wrote to us today.", null, default);

    public static async Task SuppressAsync(this House house, SuppressionReason reason = SuppressionReason.HardBounce, string address = Bounced) => await house.Store.WriteAsync(
        unit => unit.AddSuppressionAsync(new Suppressed(house.Person.Account, address, reason, null, "system", unit.Now)), default);

    public static Task<RequestDecisionReceipt> ApproveAsync(this House house, RequestReceipt request, Principal? who = null) =>
        house.Node.Requests.ApproveAsync(who ?? house.Person, request.RequestId, request.Digest, null, default);

    public static Task<RequestDecisionReceipt> RejectAsync(this House house, RequestReceipt request, Principal? who = null) =>
        house.Node.Requests.RejectAsync(who ?? house.Person, request.RequestId, request.Digest, "Not yet.", default);

    public static async Task<string> StatusAsync(this House house, RequestReceipt request) => (await house.Node.Requests.GetAsync(house.Person, request.RequestId, default)).Status;

    public static async Task<string> ModeAsync(this House house) => (await house.Node.Mailboxes.GetAsync(house.Person, Installation.AgentAddress, default)).OversightMode;

    /// <summary>The leaves of this name, newest first.</summary>
    public static async Task<IReadOnlyList<AuditRow>> LeavesAsync(this House house, string name) =>
        (await house.Node.Audit.QueryAsync(house.Person, new AuditLogRequest { Action = name, Limit = 100 }, default)).Entries;

    public static async Task<Principal> SecondPersonAsync(this House house)
    {
        await house.Node.People.AddAsync(house.Person, "second@example.org", "a long password indeed", default);
        return await house.Node.Installation.PersonAtTerminalAsync("second@example.org", default);
    }
}
