using System.Text.Json;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Policy;

/// <summary>A rule that lets more through, or the end of one that kept something out.</summary>
/// <param name="Rule">The rule to make, or the one to take away.</param>
/// <param name="Adds">False = it is taken away.</param>
/// <param name="MailboxAddress">Null = every mailbox of the account.</param>
internal sealed record RuleWish(CoreContext Core, AccessRule Rule, bool Adds, string? MailboxAddress) : IRequestedChange
{
    public const string Name = "rule";

    public string Kind => Name;

    public MailboxId? Mailbox => Rule.Mailbox;

    public byte[] Payload => new CanonicalJson()
        .BeginObject()
        .Member("act", Adds ? "add" : "remove")
        .Member("direction", RuleNames.Of(Rule.Direction))
        .Member("kind", Name)
        .Optional("mailbox", Core.Ids.Format(Rule.Mailbox))
        .Optional("mailbox_address", MailboxAddress)
        .Optional("note", Rule.Note)
        .Member("pattern", Rule.Pattern)
        .Optional("rule", Adds ? null : Core.Ids.Format(Rule.Id))
        .Member("type", RuleNames.Of(Rule.Type))
        .EndObject()
        .ToBytes();

    public string Sentence => Adds
        ? $"{Where} may {Does} without a person, as far as its mode lets it."
        : $"The rule that {(Rule.Type is RuleType.Block ? "keeps" : "limits")} {Where} {(Rule.Direction is RuleDirection.Send ? "from writing to" : "to mail from")} {Rule.Pattern} is taken away.";

    // Whoever loosens a rule directly is a person or an operator key; a request is no way round.
    public bool NeedsOperator => true;

    public async ValueTask<ChangePicture> PictureAsync(AccountId account, CancellationToken cancellationToken)
    {
        var mailbox = Rule.Mailbox is { } id ? await Core.Store.MailboxAsync(account, id, cancellationToken).ConfigureAwait(false) : null;
        var there = Adds || await Core.Store.RuleAsync(account, Rule.Id, cancellationToken).ConfigureAwait(false) is not null;
        var text = $"{RuleNames.Of(Rule.Direction)} {RuleNames.Of(Rule.Type)} {Rule.Pattern}";
        return new ChangePicture([new ChangeLine("Rule", Adds ? null : text, Adds ? text : null), new ChangeLine("For", Where, Where)], Obstacle(mailbox, there));
    }

    public async ValueTask ApplyAsync(IWriteUnit unit, Principal decider, ChangeRequest request)
    {
        var mailbox = Rule.Mailbox is { } id ? await unit.FindMailboxAsync(request.Account, id).ConfigureAwait(false) : null;
        var there = Adds || await unit.FindRuleAsync(request.Account, Rule.Id).ConfigureAwait(false) is not null;
        if (Obstacle(mailbox, there) is { } obstacle)
        {
            throw RequestDesk.Changed(obstacle);
        }

        var acts = new RuleActs(Core);
        var rule = Rule with { Account = request.Account };
        if (Adds)
        {
            await acts.AddAsync(unit, decider, rule).ConfigureAwait(false);
        }
        else
        {
            await acts.RemoveAsync(unit, decider, rule).ConfigureAwait(false);
        }
    }

    private string Where => MailboxAddress ?? "Every mailbox";

    private string Does => (Rule.Direction, Rule.Pattern) switch
    {
        (RuleDirection.Send, AddressPattern.Everybody) => "write to everybody",
        (RuleDirection.Send, var pattern) => $"write to {pattern}",
        (_, AddressPattern.Everybody) => "get mail from everybody",
        (_, var pattern) => $"get mail from {pattern}",
    };

    private string? Obstacle(Mailbox? mailbox, bool there) =>
        Rule.Mailbox is not null && mailbox is null or { DeactivatedAt: not null } ? "The mailbox is no more." : there ? null : "The rule is no more.";
}

internal sealed class RuleKind(CoreContext core) : IRequestKind
{
    public string Name => RuleWish.Name;

    public IRequestedChange Read(JsonElement payload)
    {
        var adds = payload.Text("act") == "add";
        var mailbox = payload.OptionalText("mailbox") is null ? (MailboxId?)null : payload.Id<MailboxId>("mailbox", core.Ids);
        var rule = new AccessRule(
            adds ? core.NewId<RuleId>() : payload.Id<RuleId>("rule", core.Ids), default, mailbox,
            payload.Text("direction") == "send" ? RuleDirection.Send : RuleDirection.Receive, payload.Text("type") == "allow" ? RuleType.Allow : RuleType.Block,
            payload.Text("pattern"), payload.OptionalText("note"), string.Empty, default);
        return new RuleWish(core, rule, adds, payload.OptionalText("mailbox_address"));
    }
}
