using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Privacy;

/// <summary>Requests whose change names an address.</summary>
internal static class NamedRequests
{
    private const int Page = 100;

    public static async Task<IReadOnlyList<ChangeRequest>> FindAsync(CoreContext core, AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var search = new EncodedSearch(trace);
        var found = new List<ChangeRequest>();
        IReadOnlyList<ChangeRequest> page;
        RequestId? cursor = null;
        do
        {
            page = await core.Store.RequestsAsync(new ChangeRequestQuery(account, null, null, null, cursor, Page), cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Where(r => search.IsIn(r.Payload)));
            cursor = page.Count > 0 ? page[^1].Id : null;
        }
        while (page.Count == Page);

        return found;
    }
}

/// <summary>Access rules about exactly one address.</summary>
internal static class ExactRules
{
    private const int Page = 100;

    public static async Task<IReadOnlyList<AccessRule>> FindAsync(CoreContext core, AccountId account, AddressTrace trace, CancellationToken cancellationToken)
    {
        var found = new List<AccessRule>();
        IReadOnlyList<AccessRule> page;
        RuleId? after = null;
        do
        {
            page = await core.Store.RulesAsync(new RuleQuery(account, null, WithAccount: true, null, null), after, Page, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Where(r => trace.Is(r.Pattern)));
            after = page.Count > 0 ? page[^1].Id : null;
        }
        while (page.Count == Page);

        return found;
    }
}
