using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Privacy;

/// <summary>What a person does for somebody who asks what is kept about him, or wants it gone (GDPR Art. 15, 17, 20). No key can.</summary>
public sealed class PrivacyDesk
{
    private readonly CoreContext _core;
    private readonly Exporting _exporting;
    private readonly Erasing _erasing;

    internal PrivacyDesk(CoreContext core, Suppressions suppressions)
    {
        _core = core;
        _exporting = new Exporting(core);
        _erasing = new Erasing(core, suppressions);
    }

    /// <summary>Everything that is kept about an address.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>: a key, whatever its scopes. <c>invalid_address</c>.</exception>
    public async Task<AddressExport> ExportAsync(Principal principal, string? address, CancellationToken cancellationToken)
    {
        var trace = await TraceAsync(principal, address, "exports what is kept about an address", cancellationToken).ConfigureAwait(false);
        return await _exporting.RunAsync(principal, trace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes away everything that names the address, for good, and keeps a keyed hash so that nothing is ever sent to it again. Whatever
    /// ends it, doing it again finishes it.
    /// </summary>
    /// <param name="confirmation">The address once more, so that a slip erases nobody.</param>
    /// <param name="progress">Told how many messages were looked at.</param>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>invalid_address</c>; <c>invalid_parameter</c>: not confirmed, or an address of the installation's own.</exception>
    public async Task<ErasureReport> EraseAsync(Principal principal, string? address, string? confirmation, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var trace = await TraceAsync(principal, address, "erases an address", cancellationToken).ConfigureAwait(false);
        if (!trace.Is(confirmation))
        {
            throw Invalid("confirm", "The address was not confirmed, so nothing was erased.", "Type the address once more.");
        }

        await RefuseOwnAsync(principal, trace, cancellationToken).ConfigureAwait(false);
        return await _erasing.RunAsync(principal, trace, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<AddressTrace> TraceAsync(Principal principal, string? address, string does, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        try
        {
            principal.RequirePerson(does);
        }
        catch (RefusalException refusal)
        {
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, mailbox: null, cancellationToken).ConfigureAwait(false);
            throw;
        }

        return MailboxAddress.TryParse(address, out var parsed, out _)
            ? new AddressTrace(parsed)
            : throw RefusalException.For([new Violation(ErrorCodes.InvalidAddress, "address", "address is no e-mail address.", "Write it as name@example.org.")]);
    }

    /// <summary>Mailboxes, people and the sender profile of the installation are what it runs with.</summary>
    private async Task RefuseOwnAsync(Principal principal, AddressTrace trace, CancellationToken cancellationToken)
    {
        var account = principal.Account;
        if (await _core.Store.MailboxByAddressAsync(account, trace.Address, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Invalid("address", "This is a mailbox of this installation; it is in every message that the mailbox has.", "Set how long the mailbox keeps its mail: `multimail mailbox retention ADDRESS DAYS`.");
        }

        if ((await _core.Store.OperatorsAsync(account, cancellationToken).ConfigureAwait(false)).Any(o => trace.Is(o.Email)))
        {
            throw Invalid("address", "A person signs in here with this address.", "Give that person another address first.");
        }

        var profile = await _core.Store.ProfileAsync(account, cancellationToken).ConfigureAwait(false);
        if (profile is not null && new[] { profile.Name, profile.Notify, profile.NotifyPending }.Concat(profile.AddressLines).Any(trace.IsIn))
        {
            throw Invalid("address", "The sender profile names this address.", "Change the profile first: `multimail profile set`.");
        }
    }

    private static RefusalException Invalid(string field, string message, string fix) =>
        RefusalException.For([new Violation(ErrorCodes.InvalidParameter, field, message, fix)]);
}
