using MultiMail.Core.Node;
using System.Text;

namespace MultiMail.Core.Suppression;

/// <summary>What the page of a link says.</summary>
/// <param name="Sender">Who sends: the name of the sender profile, else the account's.</param>
/// <param name="Address">The recipient's, its local part shortened: links are forwarded.</param>
/// <param name="Done">He gets no more mail.</param>
public sealed record UnsubscribeView(string Sender, string Address, bool Done);

/// <summary>Unsubscribing by link. The token is the right to do it: nobody signs in.</summary>
public sealed class Unsubscribing
{
    private readonly CoreContext _core;

    internal Unsubscribing(CoreContext core) => _core = core;

    /// <summary>Looks and changes nothing: mail scanners follow every link.</summary>
    /// <returns>Null when the token was not made here.</returns>
    public async Task<UnsubscribeView?> LookAsync(string? token, CancellationToken cancellationToken)
    {
        if (await OpenAsync(token, cancellationToken).ConfigureAwait(false) is not var (grant, account))
        {
            return null;
        }

        var done = await StandsAsync(account.Id, grant.Address, cancellationToken).ConfigureAwait(false);
        return await ViewAsync(account, grant, done, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the recipient off, at once and for all mail of the account. Twice is once.</summary>
    /// <inheritdoc cref="LookAsync"/>
    public async Task<UnsubscribeView?> ApplyAsync(string? token, CancellationToken cancellationToken)
    {
        if (await OpenAsync(token, cancellationToken).ConfigureAwait(false) is not var (grant, account))
        {
            return null;
        }

        if (grant.List == UnsubscribeSelfTest.List)
        {
            await _core.Store.WriteAsync(unit => UnsubscribeSelfTest.NoteArrivalAsync(unit, grant.Address), cancellationToken).ConfigureAwait(false);
        }
        else if (!await StandsAsync(account.Id, grant.Address, cancellationToken).ConfigureAwait(false))
        {
            await _core.Store.WriteAsync(unit => Suppressing.UnsubscribeAsync(_core, unit, account.Id, grant.Address), cancellationToken).ConfigureAwait(false);
        }

        return await ViewAsync(account, grant, done: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<UnsubscribeView> ViewAsync(Account account, UnsubscribeGrant grant, bool done, CancellationToken cancellationToken)
    {
        var profile = await _core.Store.ProfileAsync(account.Id, cancellationToken).ConfigureAwait(false);
        return new UnsubscribeView(profile?.Name ?? account.Name, Shortened(grant.Address), done);
    }

    /// <summary>With the account it is about: the token's own, or the first one when the token outlived its database.</summary>
    private async ValueTask<(UnsubscribeGrant Grant, Account Account)?> OpenAsync(string? token, CancellationToken cancellationToken)
    {
        if (_core.UnsubscribeTokens.Read(token) is not { } grant)
        {
            return null;
        }

        var account = await _core.Store.GetAccountAsync(grant.Account, cancellationToken).ConfigureAwait(false)
            ?? await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false);
        return account is null ? null : (grant, account);
    }

    private async ValueTask<bool> StandsAsync(AccountId account, string address, CancellationToken cancellationToken)
    {
        var query = new SuppressionQuery(account, 10) { Names = _core.SuppressionSecrets.NamesOf(account, address) };
        var standing = await _core.Store.SuppressionsAsync(query, cancellationToken).ConfigureAwait(false);
        return standing.Any(s => s.Reason is SuppressionReason.Unsubscribe or SuppressionReason.Erasure);
    }

    private static string Shortened(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 || !Rune.TryGetRuneAt(address, 0, out var first) ? address : $"{first}…{address[at..]}";
    }
}
