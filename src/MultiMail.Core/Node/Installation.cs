using MultiMail.Core.Storage;
using MultiMail.Mail;
using System.Security.Cryptography;

namespace MultiMail.Core.Node;

/// <summary>What stands after initialisation.</summary>
/// <param name="Created">This call made it.</param>
public sealed record InstallationView(bool Created, AccountId Account, string OperatorId, string? OperatorEmail, string AgentMailbox, string PersonMailbox);

/// <summary>First start: account, log, first operator, the local default agent and two mailboxes, all in one transaction.</summary>
public sealed class Installation
{
    public const string AgentAddress = "agent@" + LocalDomain.Name;
    public const string PersonAddress = "you@" + LocalDomain.Name;
    private readonly CoreContext _core;

    internal Installation(CoreContext core) => _core = core;

    public async Task<bool> IsInitialisedAsync(CancellationToken cancellationToken) =>
        await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Makes what is missing; safe to repeat and safe in several processes at once.</summary>
    public async Task<InstallationView> InitialiseAsync(string? operatorEmail, CancellationToken cancellationToken)
    {
        var view = await FoundOrStandingAsync(operatorEmail, cancellationToken).ConfigureAwait(false);
        await new EnvironmentMailbox(_core).EnsureAsync(view.Account, cancellationToken).ConfigureAwait(false);
        return view;
    }

    private async Task<InstallationView> FoundOrStandingAsync(string? operatorEmail, CancellationToken cancellationToken)
    {
        if (await StandingAsync(cancellationToken).ConfigureAwait(false) is { } standing)
        {
            return standing;
        }

        var email = Checked(operatorEmail);
        var seeds = new Seeds(_core);
        var created = await _core.Store.WriteAsync(unit => FoundAsync(unit, seeds, email), cancellationToken).ConfigureAwait(false);
        var now = await StandingAsync(cancellationToken).ConfigureAwait(false);
        return now! with { Created = created };
    }

    /// <summary>The local default agent (scopes read and send), for stdio without a key. No secret opens its key.</summary>
    public async Task<Principal> LocalAgentAsync(string channel, CancellationToken cancellationToken)
    {
        var account = await AccountAsync(cancellationToken).ConfigureAwait(false);
        var keys = await _core.Store.KeysAsync(account.Id, cancellationToken).ConfigureAwait(false);
        var local = keys.FirstOrDefault(k => k.Prefix == ApiKey.LocalAgentPrefix) ?? throw RefusalException.NotFound("local agent");
        return local.RevokedAt is null
            ? _core.OfKey(local, channel)
            : throw new RefusalException(ErrorCodes.KeyRevoked, "The local agent's key was revoked.", "Start with MULTIMAIL_API_KEY set to another key.");
    }

    /// <summary>Whoever can open the data folder is a person: the only operator, or the one with this e-mail address.</summary>
    public async Task<Principal> PersonAtTerminalAsync(string? asEmail, CancellationToken cancellationToken)
    {
        var account = await AccountAsync(cancellationToken).ConfigureAwait(false);
        var people = (await _core.Store.OperatorsAsync(account.Id, cancellationToken).ConfigureAwait(false)).Where(o => o.DisabledAt is null).ToList();
        if (asEmail is not null)
        {
            var named = people.FirstOrDefault(o => string.Equals(o.Email, asEmail, StringComparison.OrdinalIgnoreCase));
            return named is null ? throw RefusalException.NotFound("operator") : _core.Human(named, "cli");
        }

        return people.Count == 1
            ? _core.Human(people[0], "cli")
            : throw new RefusalException(ErrorCodes.InvalidParameter, $"There are {people.Count} operators.", "Say which one with --as EMAIL.");
    }

    private async Task<Account> AccountAsync(CancellationToken cancellationToken) =>
        await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new RefusalException(ErrorCodes.NotFound, "This data folder is empty.", "Run `multimail init`.");

    private async Task<InstallationView?> StandingAsync(CancellationToken cancellationToken)
    {
        if (await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return null;
        }

        var first = (await _core.Store.OperatorsAsync(account.Id, cancellationToken).ConfigureAwait(false))[0];
        return new InstallationView(Created: false, account.Id, _core.Ids.Format(first.Id), first.Email, AgentAddress, PersonAddress);
    }

    private static string? Checked(string? email)
    {
        if (email is null)
        {
            return null;
        }

        return MailboxAddress.TryParse(email, out var address, out _)
            ? address.AddrSpec
            : throw RefusalException.For([new Violation(ErrorCodes.InvalidAddress, "operator", "The operator's e-mail address is not valid.", "Write it as name@example.org.")]);
    }

    /// <returns>False when another process was first.</returns>
    private async ValueTask<bool> FoundAsync(IWriteUnit unit, Seeds seeds, string? email)
    {
        if (await unit.FindMetaAsync(Seeds.AccountMarker).ConfigureAwait(false) is not null)
        {
            return false;
        }

        await unit.SetMetaAsync(Seeds.AccountMarker, [1]).ConfigureAwait(false);
        await unit.InsertAccountAsync(new Account(seeds.Account, "My MultiMail", DualControl: false, seeds.DataKeySealed, null, unit.Now)).ConfigureAwait(false);
        await unit.CreateLogAsync(new LogHead(seeds.Account, seeds.LogId, $"{LocalDomain.Name}/audit/{seeds.LogId}", 0, [], unit.Now)).ConfigureAwait(false);
        await unit.SetMetaAsync(LogKeys.MetaName(seeds.Account), seeds.LogSeedSealed).ConfigureAwait(false);
        var first = new Operator(seeds.Operator, seeds.Account, email, null, null, unit.Now);
        await unit.InsertOperatorAsync(first).ConfigureAwait(false);
        var person = _core.Human(first, "cli");
        await MakeMailboxAsync(unit, person, seeds.AgentMailbox, AgentAddress, "Agent", "agent").ConfigureAwait(false);
        await MakeMailboxAsync(unit, person, seeds.PersonMailbox, PersonAddress, "You", null).ConfigureAwait(false);
        await unit.InsertKeyAsync(new ApiKey(
            seeds.AgentKey, seeds.Account, "local agent", ApiKey.LocalAgentPrefix, [], Scopes.Read | Scopes.Send, [seeds.AgentMailbox],
            World.Live, seeds.AgentKey, seeds.Operator, unit.Now, null, null, null)).ConfigureAwait(false);
        await unit.AppendLeafAsync(_core.Leaves.Simple(person, LeafNames.KeyCreated, "local_agent") with { Result = _core.Ids.Format(seeds.AgentKey) }).ConfigureAwait(false);
        return true;
    }

    private async ValueTask MakeMailboxAsync(IWriteUnit unit, Principal person, MailboxId id, string address, string displayName, string? agentId)
    {
        var mailbox = new Mailbox(id, person.Account, address, displayName, agentId, Mode.GatedSend, null, null, 0, 0, 1, unit.Now);
        await unit.InsertMailboxAsync(mailbox).ConfigureAwait(false);
        await unit.AppendLeafAsync(_core.Leaves.OfMailbox(person, LeafNames.MailboxCreated, mailbox)).ConfigureAwait(false);
    }

    /// <summary>Ids and secrets, made before the unit runs.</summary>
    private sealed class Seeds(CoreContext core)
    {
        public const string AccountMarker = "first_account";

        public AccountId Account { get; } = core.NewId<AccountId>();

        public OperatorId Operator { get; } = core.NewId<OperatorId>();

        public ApiKeyId AgentKey { get; } = core.NewId<ApiKeyId>();

        public MailboxId AgentMailbox { get; } = core.NewId<MailboxId>();

        public MailboxId PersonMailbox { get; } = core.NewId<MailboxId>();

        public string LogId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

        public byte[] DataKeySealed { get; } = core.Seal.Seal(RandomNumberGenerator.GetBytes(32), Commitments.AccountKeyPurpose);

        public byte[] LogSeedSealed { get; } = core.Seal.Seal(RandomNumberGenerator.GetBytes(32), LogKeys.Purpose);
    }
}
