using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Audit;

/// <summary>Refusals leave a leaf too. It is written in a unit of its own, because the refused one was rolled back.</summary>
internal static class RefusalLeaves
{
    /// <exception cref="RefusalException"><c>audit_unavailable</c>: the refusal could not be logged.</exception>
    public static async Task WriteAsync(
        CoreContext core, Principal principal, string name, RefusalException refusal, MailboxId? mailbox, CancellationToken cancellationToken)
    {
        var leaf = core.Leaves.Simple(principal, name, refusal.Code) with
        {
            Mailbox = mailbox,
            MailboxText = core.Ids.Format(mailbox),
            Policy = RulesOf(refusal.Violations),
        };
        try
        {
            await core.Store.WriteAsync(
                async unit =>
                {
                    await unit.AppendLeafAsync(leaf).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            throw new RefusalException(ErrorCodes.AuditUnavailable, "The refusal could not be logged.");
        }
    }

    /// <summary>The rules that refused it, e.g. <c>CS-04 CS-07</c>.</summary>
    internal static string? RulesOf(IEnumerable<Violation> violations) =>
        string.Join(' ', violations.Select(v => v.Rule).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } rules ? rules : null;
}
