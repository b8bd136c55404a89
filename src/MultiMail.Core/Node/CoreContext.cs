using MultiMail.Core.Compliance;
using MultiMail.Core.Crypto;
using MultiMail.Core.Evidence;
using MultiMail.Core.Profile;
using MultiMail.Core.Storage;
using MultiMail.Core.Templates;
using MultiMail.Core.Suppression.Reputation;

namespace MultiMail.Core.Node;

/// <summary>What every capability of one node shares.</summary>
internal sealed class CoreContext
{
    private readonly IdSource _source;

    public CoreContext(IStore store, CoreOptions options, TimeProvider clock)
    {
        Store = store;
        Options = options;
        Clock = clock;
        Ids = new PublicIds(store.StoreKey.Span);
        Seal = new Sealer(options.MasterKey);
        Leaves = new LeafFactory(Ids);
        Events = new EventFactory(this);
        Transitions = new Transitions(this);
        Reach = new MailboxReach(this);
        Routes = new MailRoutes(this);
        Places = new RecipientPlaces(this);
        Links = new MailboxLinks(this);
        Relay = new InstallationRelay(this);
        SigningKeys = new SigningKeys(this);
        Reads = new UntrustedReads(this);
        Profiles = new SenderProfiles(this);
        Policy = new OutboundPolicy(this);
        Compliance = new ComplianceDesk(this);
        RequestKinds = new RequestKinds(
            new ModeKind(this),
            new MailboxKind(this),
            new LiftKind(this),
            new RuleKind(this));
        RequestBook = new RequestBook(this);
        Demotion = new Demotion(this);
        Templates = new TemplateLibrary(this);
        SuppressionSecrets = new SuppressionSecrets(options);
        UnsubscribeTokens = new UnsubscribeTokens(SuppressionSecrets);
        UnsubscribeLinks = new UnsubscribeLinks(this);
        ListHeaders = new ListHeaders(this);
        Reputation = new Reputations(this);
        _source = new IdSource(clock);
    }

    public IStore Store { get; }

    public CoreOptions Options { get; }

    public TimeProvider Clock { get; }

    public PublicIds Ids { get; }

    public Sealer Seal { get; }

    public LeafFactory Leaves { get; }

    public EventFactory Events { get; }

    public Transitions Transitions { get; }

    public MailboxReach Reach { get; }

    public MailRoutes Routes { get; }

    public RecipientPlaces Places { get; }

    public MailboxLinks Links { get; }

    public InstallationRelay Relay { get; }

    public IDomainKeys DomainKeys => Options.DomainKeys ?? SigningKeys;

    public SigningKeys SigningKeys { get; }

    /// <summary>The kinds of change that a person decides; a capability with another one adds it here.</summary>
    public RequestKinds RequestKinds { get; }

    public RequestBook RequestBook { get; }

    /// <summary>Which mail of strangers was shown to whom.</summary>
    public UntrustedReads Reads { get; }

    /// <summary>Who sends, and where people are notified.</summary>
    public SenderProfiles Profiles { get; }

    /// <summary>What the law and the mailbox providers ask of mail.</summary>
    public ComplianceDesk Compliance { get; }

    /// <summary>What the account's people allow.</summary>
    public OutboundPolicy Policy { get; }

    public Demotion Demotion { get; }

    public TemplateLibrary Templates { get; }

    public SuppressionSecrets SuppressionSecrets { get; }

    public UnsubscribeTokens UnsubscribeTokens { get; }

    public UnsubscribeLinks UnsubscribeLinks { get; }

    public ListHeaders ListHeaders { get; }

    public Reputations Reputation { get; }

    public T NewId<T>()
        where T : struct, IEntityId<T> => _source.Next<T>();

    public string ApprovalUrl(MessageId id) => $"{Options.PublicUrl}/pending/{Ids.Format(id)}";

    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public MessageId ParseMessageId(string? text) =>
        Ids.TryParse<MessageId>(text, out var id) ? id : throw RefusalException.NotFound("message");

    /// <summary>A person as a principal: every scope, both worlds, all mailboxes of the account.</summary>
    public Principal Human(Operator person, string channel)
    {
        var id = Ids.Format(person.Id);
        return new Principal(
            person.Account, PrincipalKind.Human, id, null, person.Id, Scopes.Read | Scopes.Send | Scopes.Oversight | Scopes.Admin,
            id, id, null, null, channel);
    }

    public Principal OfKey(ApiKey key, string channel) => new(
        key.Account,
        key.Scopes switch
        {
            _ when key.Scopes.HasFlag(Scopes.Oversight | Scopes.Admin) => PrincipalKind.Operator,
            _ when key.Scopes.HasFlag(Scopes.Oversight) => PrincipalKind.Reviewer,
            _ => PrincipalKind.Agent,
        },
        Ids.Format(key.Id), key.Id, null, key.Scopes, Ids.Format(key.Lineage), Ids.Format(key.Owner), key.World, key.Mailboxes, channel);
}
