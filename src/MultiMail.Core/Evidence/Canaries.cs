using MultiMail.Core.Node;

namespace MultiMail.Core.Evidence;

/// <summary>
/// Mails that nobody should approve, put into the queue by a person to see whether the reviewers look. They walk the line of every
/// other mail but end at the decision: the kernel lets none of them be queued or sent, and the outbox takes none.
/// </summary>
public sealed class Canaries
{
    /// <summary>Submitter and lineage of every canary: nobody's, so no key ever sees one and anybody who decides may decide it.</summary>
    public const string Name = "canary";

    private readonly CoreContext _core;
    private readonly OutboundLine _line;

    internal Canaries(CoreContext core, OutboundLine line) => (_core, _line) = (core, line);

    /// <summary>Seeds one. It must be composed as a mail that the mailbox could send.</summary>
    /// <returns>The id of what now waits.</returns>
    /// <exception cref="RefusalException"><c>scope_missing</c>: a key. Otherwise as a submission is refused.</exception>
    public async Task<string> SeedAsync(Principal person, NewCanary wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(wanted);
        person.RequirePerson("seeds canaries");
        var mailbox = await _core.Reach.GetAsync(person, wanted.Mailbox, "mailbox", cancellationToken).ConfigureAwait(false);
        var mail = new Submission { From = mailbox.Address, To = wanted.To, Subject = wanted.Subject, Text = wanted.Text, Category = "conversational" };
        return (await _line.SubmitAsync(Seeder(person), mail, parent: null, cancellationToken).ConfigureAwait(false)).MessageId;
    }

    // Looks like an agent to the line, so that the bytes are what an agent's mail would be.
    private static Principal Seeder(Principal person) => new(
        person.Account, PrincipalKind.Agent, Name, Key: null, Person: null, Scopes.Send, Lineage: Name, person.Owner, World.Live, Mailboxes: null, person.Channel);
}

/// <param name="Mailbox">Address or id of the mailbox that it seems to come from.</param>
public sealed record NewCanary(string? Mailbox, IReadOnlyList<string> To, string? Subject, string? Text);
