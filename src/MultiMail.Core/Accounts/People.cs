using MultiMail.Core.Crypto;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Accounts;

/// <summary>The people behind an installation: who they are, how they sign in, and what an account looks like to a caller.</summary>
public sealed class People
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan BrowserLife = TimeSpan.FromHours(12);
    private readonly CoreContext _core;

    internal People(CoreContext core) => _core = core;

    public async Task<AccountView> AccountAsync(Principal principal, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Read);
        var account = await _core.Store.GetAccountAsync(principal.Account, cancellationToken).ConfigureAwait(false)
            ?? throw RefusalException.NotFound("account");
        var warnings = new List<string>();
        if (account.PausedAt is not null)
        {
            warnings.Add("Sending is paused for the whole account; only a person resumes it.");
        }

        if (!await ReachesOutAsync(principal, cancellationToken).ConfigureAwait(false))
        {
            warnings.Add("No relay is configured: only mailboxes on this server can be reached.");
        }

        return new AccountView(
            _core.Ids.Format(account.Id), account.Name, principal.PublicId, KindName(principal.Kind), ScopeNames.Names(principal.Scopes),
            principal.World is null ? "all" : Worlds.Name(principal.OwnWorld),
            principal.Mailboxes is null ? null : await AddressesAsync(principal, cancellationToken).ConfigureAwait(false),
            account.PausedAt is not null, _core.Options.PendingPerMailbox, warnings);
    }

    public async Task<OperatorView> AddAsync(Principal person, string? email, string? password, CancellationToken cancellationToken)
    {
        person.RequirePerson();
        var (address, hash) = Checked(email, password);
        var id = _core.NewId<OperatorId>();
        var added = await _core.Store.WriteAsync(
            async unit =>
            {
                var made = new Operator(id, person.Account, address, hash, null, unit.Now);
                await unit.InsertOperatorAsync(made).ConfigureAwait(false);
                await unit.AppendLeafAsync(_core.Leaves.Simple(person, LeafNames.ConfigChanged, "operator_added")).ConfigureAwait(false);
                return made;
            },
            cancellationToken).Refusing("operator.email", "email", "Another operator has this e-mail address.").ConfigureAwait(false);
        return View(added);
    }

    public async Task<IReadOnlyList<OperatorView>> ListAsync(Principal person, CancellationToken cancellationToken)
    {
        person.RequirePerson();
        var all = await _core.Store.OperatorsAsync(person.Account, cancellationToken).ConfigureAwait(false);
        return [.. all.Select(View)];
    }

    /// <summary>Sets the person's e-mail address (null keeps it) and password, at the first sign-in or from the terminal.</summary>
    /// <param name="keepSession">The browser that asks; every other one of this person, and every open link, ends.</param>
    public async Task SetCredentialsAsync(Principal person, string? email, string? password, CancellationToken cancellationToken, string? keepSession = null)
    {
        person.RequirePerson();
        var id = person.Person!.Value;
        var current = (await _core.Store.OperatorsAsync(person.Account, cancellationToken).ConfigureAwait(false)).First(o => o.Id == id);
        var (address, hash) = Checked(email ?? current.Email, password);
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.SetCredentialsAsync(person.Account, id, address, hash).ConfigureAwait(false);
                await unit.DeleteSessionsOfAsync(person.Account, id, keepSession is null ? null : SecretTokens.Hash(keepSession)).ConfigureAwait(false);
                await unit.AppendLeafAsync(_core.Leaves.Simple(person, LeafNames.ConfigChanged, "credentials_set")).ConfigureAwait(false);
                return true;
            },
            cancellationToken).Refusing("operator.email", "email", "Another operator has this e-mail address.").ConfigureAwait(false);
    }

    /// <summary>A one-time token for a sign-in link: 15 minutes, single use. For the terminal only, never for an agent's edge.</summary>
    public async Task<string> LoginTokenAsync(Principal person, CancellationToken cancellationToken)
    {
        person.RequirePerson();
        return await NewSessionAsync(person.Account, person.Person!.Value, SessionKind.LoginLink, LinkLife, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Null when the link was used, has expired or was never made.</summary>
    public async Task<SignedIn?> SignInByLinkAsync(string token, CancellationToken cancellationToken)
    {
        var hash = SecretTokens.Hash(token);
        var link = await _core.Store.SessionAsync(hash, cancellationToken).ConfigureAwait(false);
        if (link is null || link.Kind != SessionKind.LoginLink)
        {
            return null;
        }

        var taken = await _core.Store.WriteAsync(unit => unit.UseSessionAsync(hash, SessionKind.LoginLink), cancellationToken).ConfigureAwait(false);
        return taken ? await OpenBrowserAsync(link.Account, link.Operator, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Null when e-mail address or password is wrong; both cases take the same time.</summary>
    public async Task<SignedIn?> SignInByPasswordAsync(string? email, string? password, CancellationToken cancellationToken)
    {
        var person = string.IsNullOrEmpty(email) ? null : await _core.Store.OperatorByEmailAsync(email.Trim(), cancellationToken).ConfigureAwait(false);
        var given = password is { Length: <= Passwords.MaxLength } ? password : string.Empty;
        var right = await Task.Run(() => Passwords.Verify(given, person?.PasswordHash), cancellationToken).ConfigureAwait(false);
        return right && person is { DisabledAt: null }
            ? await OpenBrowserAsync(person.Account, person.Id, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>The person behind a browser's cookie; null when it is unknown or has expired.</summary>
    public async Task<SignedIn?> SessionAsync(string? token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 100)
        {
            return null;
        }

        var session = await _core.Store.SessionAsync(SecretTokens.Hash(token), cancellationToken).ConfigureAwait(false);
        if (session is null || session.Kind != SessionKind.Browser || session.ExpiresAt <= _core.Clock.GetUtcNow())
        {
            return null;
        }

        var people = await _core.Store.OperatorsAsync(session.Account, cancellationToken).ConfigureAwait(false);
        var person = people.FirstOrDefault(o => o.Id == session.Operator);
        return person is null or { DisabledAt: not null }
            ? null
            : new SignedIn(token, _core.Human(person, "dashboard"), session.ExpiresAt, person.PasswordHash is null);
    }

    public Task SignOutAsync(string token, CancellationToken cancellationToken) =>
        _core.Store.WriteAsync(
            async unit =>
            {
                await unit.DeleteSessionAsync(SecretTokens.Hash(token)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).AsTask();

    /// <summary>True when somebody has a password, so that the sign-in form leads somewhere.</summary>
    public async Task<bool> AnySignedUpAsync(CancellationToken cancellationToken)
    {
        var account = await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false);
        return account is not null &&
            (await _core.Store.OperatorsAsync(account.Id, cancellationToken).ConfigureAwait(false)).Any(o => o.PasswordHash is not null);
    }

    /// <summary>True when mail of at least one of the principal's mailboxes can leave the server.</summary>
    private async Task<bool> ReachesOutAsync(Principal principal, CancellationToken cancellationToken)
    {
        foreach (var mailbox in await _core.Reach.AllAsync(principal, cancellationToken).ConfigureAwait(false))
        {
            if (await _core.Routes.WhyNotAsync(mailbox, cancellationToken).ConfigureAwait(false) is null)
            {
                return true;
            }
        }

        return false;
    }

    private static string KindName(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Agent => "agent",
        PrincipalKind.Reviewer => "reviewer",
        PrincipalKind.Operator => "operator_key",
        PrincipalKind.Human => "person",
        _ => "system",
    };

    private static (string Email, string Hash) Checked(string? email, string? password)
    {
        var faults = new Faults();
        if (!MailboxAddress.TryParse(email, out var address, out _))
        {
            faults.Add(ErrorCodes.InvalidAddress, "email", "email is not an e-mail address.");
        }

        if (password is not { Length: >= Passwords.MinLength and <= Passwords.MaxLength })
        {
            faults.Invalid("password", $"The password has {(password?.Length > Passwords.MaxLength ? $"more than {Passwords.MaxLength}" : $"fewer than {Passwords.MinLength}")} characters.", $"Choose {Passwords.MinLength} to {Passwords.MaxLength} characters.");
        }

        faults.ThrowIfAny();
        return (address!.AddrSpec, Passwords.Hash(password!));
    }

    private OperatorView View(Operator person) =>
        new(_core.Ids.Format(person.Id), person.Email, person.PasswordHash is not null, person.DisabledAt is not null, person.CreatedAt);

    private async Task<SignedIn> OpenBrowserAsync(AccountId account, OperatorId id, CancellationToken cancellationToken)
    {
        var token = await NewSessionAsync(account, id, SessionKind.Browser, BrowserLife, cancellationToken).ConfigureAwait(false);
        return (await SessionAsync(token, cancellationToken).ConfigureAwait(false))!;
    }

    private async Task<string> NewSessionAsync(AccountId account, OperatorId id, SessionKind kind, TimeSpan life, CancellationToken cancellationToken)
    {
        var token = SecretTokens.New();
        var hash = SecretTokens.Hash(token);
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.DeleteExpiredSessionsAsync().ConfigureAwait(false);
                await unit.InsertSessionAsync(new Session(hash, account, id, kind, unit.Now + life, null, unit.Now)).ConfigureAwait(false);
                if (kind is SessionKind.Browser)
                {
                    await unit.AppendLeafAsync(_core.Leaves.Of(account, LeafNames.Login, new LeafActor(_core.Ids.Format(id), "human"))).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return token;
    }

    private async Task<IReadOnlyList<string>> AddressesAsync(Principal principal, CancellationToken cancellationToken)
    {
        var addresses = new List<string>();
        foreach (var id in principal.Mailboxes!)
        {
            if (await _core.Store.MailboxAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) is { } mailbox)
            {
                addresses.Add(mailbox.Address);
            }
        }

        return addresses;
    }
}
