using MultiMail.Core.Node;
using MultiMail.Core.Profile;

namespace MultiMail.Core.Notices;

/// <summary>To whom a notice goes, looked up when it leaves: never to a mailbox that an agent may read.</summary>
internal sealed class NoticeReaders(CoreContext core)
{
    /// <summary>The address, and whether it is one of this installation, where nothing is sent to.</summary>
    /// <returns>Null when nobody is to be told any more.</returns>
    public async ValueTask<(string Address, bool Ours)?> OfAsync(NoticeJob job, SenderProfile profile, CancellationToken cancellationToken)
    {
        if (profile.NotifyAt(core.Clock.GetUtcNow()) is not { } notify)
        {
            return null;
        }

        var address = job.Kind switch
        {
            NoticeKinds.AddressChange => job.Address ?? notify,
            NoticeKinds.Escalation => await SecondAsync(job.Account, notify, cancellationToken).ConfigureAwait(false) ?? notify,
            _ => notify,
        };
        return (address, await core.Profiles.IsOursAsync(job.Account, address, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The e-mail address of a person who does not read the notify address; the first who was added.</summary>
    private async ValueTask<string?> SecondAsync(AccountId account, string notify, CancellationToken cancellationToken)
    {
        var people = await core.Store.OperatorsAsync(account, cancellationToken).ConfigureAwait(false);
        foreach (var person in people.Where(p => p.DisabledAt is null).OrderBy(p => p.Id.Value))
        {
            if (person.Email is { } email && !string.Equals(email, notify, StringComparison.OrdinalIgnoreCase) &&
                !await core.Profiles.IsOursAsync(account, email, cancellationToken).ConfigureAwait(false))
            {
                return email;
            }
        }

        return null;
    }
}
