namespace MultiMail.Core.Contacts;

/// <summary>Who may say what of a contact. What loosens a rule for its mail is not an agent's to say.</summary>
internal static class ContactRights
{
    public static void Require(Principal principal, ContactFields given)
    {
        principal.Require(Scopes.Send, Scopes.Admin);
        principal.RequireLive();
        if (given.RecipientKind == "machine" && !IsPerson(principal))
        {
            throw new RefusalException(
                ErrorCodes.OversightScopeRequired, "Only a person says that nobody reads an address: mail to it would go without the AI disclosure.",
                "Leave recipient_kind out, or ask a person: the contacts page, or an operator key over REST.");
        }

        if (given is not { Consent: null, Relationship: null } && (principal.Channel == "mcp" || !MayVouch(principal)))
        {
            throw new RefusalException(
                ErrorCodes.ScopeMissing, "Consent and relationship are recorded by a person, or over REST by an admin key that does not send.", "Leave them out, or ask a person: the contacts page.");
        }
    }

    /// <summary>A scraped address stays one: whoever may send to it must not be able to give it a better past.</summary>
    public static void RequireKeeping(Principal principal, Contact contact, string what)
    {
        if (contact.IsScraped && !principal.Has(Scopes.Admin) && principal.Kind is not PrincipalKind.Human)
        {
            throw new RefusalException(ErrorCodes.ScopeMissing, $"This contact's source is scraped: {what} needs the admin scope or a person.", "Ask a person: the contacts page.");
        }
    }

    /// <summary>Whoever sends the mail is not the one to say that it was asked for.</summary>
    private static bool MayVouch(Principal principal) => principal.Kind is PrincipalKind.Human || (principal.Has(Scopes.Admin) && !principal.Has(Scopes.Send));

    private static bool IsPerson(Principal principal) =>
        principal.Kind is PrincipalKind.Human || (principal.Kind is PrincipalKind.Operator && principal.Channel != "mcp");
}
