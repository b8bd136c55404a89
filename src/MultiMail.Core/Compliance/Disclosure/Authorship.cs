namespace MultiMail.Core.Compliance.Disclosure;

/// <summary>Who wrote a message, as far as its recipient has to know. The one source of the visible line, the fields and the signed claims.</summary>
internal enum Authorship
{
    /// <summary>An agent wrote it; people at most let it pass.</summary>
    Agent,

    /// <summary>A person edited what an agent wrote, or wrote from a mailbox that is an agent's.</summary>
    PersonWithAgent,

    /// <summary>A person wrote it from a mailbox of his own: Article 50 asks nothing of him.</summary>
    Person,
}

internal static class Authorships
{
    /// <param name="byPerson">A person submitted this revision.</param>
    /// <param name="agentDrafted">An agent submitted the message first.</param>
    public static Authorship Of(bool byPerson, bool agentDrafted, Mailbox mailbox) => byPerson switch
    {
        false => Authorship.Agent,
        true when agentDrafted || mailbox.AgentId is not null => Authorship.PersonWithAgent,
        true => Authorship.Person,
    };
}
