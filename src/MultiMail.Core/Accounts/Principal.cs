namespace MultiMail.Core.Accounts;

/// <summary>Who calls, as the edges authenticated it. Every capability takes one first.</summary>
/// <param name="PublicId">The key's or person's id as the outside sees it.</param>
/// <param name="Lineage">Public id of the lineage's root key; a person's own id for people.</param>
/// <param name="Owner">Public id of the person behind it.</param>
/// <param name="World">Null for people: they act in both.</param>
/// <param name="Mailboxes">The mailboxes it may use; null = all of the account.</param>
/// <param name="Channel"><c>mcp</c>, <c>rest</c>, <c>dashboard</c>, <c>cli</c> or <c>system</c>.</param>
public sealed record Principal(
    AccountId Account,
    PrincipalKind Kind,
    string PublicId,
    ApiKeyId? Key,
    OperatorId? Person,
    Scopes Scopes,
    string Lineage,
    string Owner,
    World? World,
    IReadOnlyList<MailboxId>? Mailboxes,
    string Channel)
{
    public bool Has(Scopes scope) => (Scopes & scope) == scope || (scope == Scopes.Read && Scopes.HasFlag(Scopes.Admin));

    public bool MaySend => Scopes.HasFlag(Scopes.Send) || Kind is PrincipalKind.Human;

    public bool MayDecide => Scopes.HasFlag(Scopes.Oversight) || Kind is PrincipalKind.Human;

    /// <summary>The world of what it makes.</summary>
    public World OwnWorld => World ?? Oversight.World.Live;

    public bool Sees(World world) => World is null || World == world;

    public bool Uses(MailboxId mailbox) => Mailboxes is null || Mailboxes.Contains(mailbox);

    /// <summary>How the kernel sees it beside something of <paramref name="submitterLineage"/> in <paramref name="world"/>.</summary>
    /// <param name="submitterLineage">Null for what nobody submitted, such as inbound mail: that is nobody's own.</param>
    public Actor ActorFor(string? submitterLineage, World world) => new(
        Kind,
        submitterLineage == Lineage ? Oversight.Lineage.Same : Oversight.Lineage.Foreign,
        MaySend,
        MayDecide,
        Sees(world));

    /// <summary>Speaks for a canary that a person seeded.</summary>
    internal bool SeedsCanary => Lineage == Evidence.Canaries.Name;

    /// <summary>Behind a canary stands the person who seeded it, and the log says so.</summary>
    public LeafActor LeafActor => SeedsCanary ? new(Owner, "human") : new(PublicId, Kind switch
    {
        PrincipalKind.Agent => "agent",
        PrincipalKind.Reviewer or PrincipalKind.Operator => "operator_key",
        PrincipalKind.Human => "human",
        _ => "system",
    });

    /// <exception cref="RefusalException"><c>scope_missing</c></exception>
    public void Require(params ReadOnlySpan<Scopes> oneOf)
    {
        foreach (var scope in oneOf)
        {
            if (Has(scope) || Kind is PrincipalKind.Human)
            {
                return;
            }
        }

        var names = string.Join(" or ", oneOf.ToArray().Select(ScopeNames.Name));
        throw new RefusalException(ErrorCodes.ScopeMissing, $"This needs a key with the scope {names}.");
    }

    /// <param name="does">What only a person does, as the sentence goes on: <c>makes keys</c>.</param>
    /// <returns>Who it is.</returns>
    /// <exception cref="RefusalException"><c>scope_missing</c>: a key, whatever its scopes.</exception>
    public OperatorId RequirePerson(string does = "does this") => this is { Kind: PrincipalKind.Human, Person: { } person }
        ? person
        : throw new RefusalException(ErrorCodes.ScopeMissing, $"Only a person {does}, in the terminal or on the page.");

    /// <exception cref="RefusalException"><c>live_key_required</c></exception>
    public void RequireLive()
    {
        if (World is Oversight.World.Test)
        {
            throw TestKeyRefused;
        }
    }

    internal static RefusalException TestKeyRefused => new(ErrorCodes.LiveKeyRequired, "A test key changes nothing that live mail shares.");
}
