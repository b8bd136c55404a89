using MultiMail.Core.Contacts;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Contacts, and what only a person says of them. What loosens a rule asks for the password.</summary>
internal static class ContactRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/contacts", ListAsync);
        routes.MapPage("/contacts/{id}", call => ShowAsync(call));
        routes.MapForm("/contacts/{id}/language", (call, form) => ChangeAsync(call, form, new ContactFields { Language = form.Typed("language") ?? string.Empty }));
        routes.MapForm("/contacts/{id}/person", (call, form) => ChangeAsync(call, form, new ContactFields { RecipientKind = "person" }));
        routes.MapForm("/contacts/{id}/machine", (call, form) => LoosenAsync(call, form, new ContactFields { RecipientKind = "machine", MachineEvidence = form.Typed("evidence") }));
        routes.MapForm("/contacts/{id}/consent", (call, form) => LoosenAsync(call, form, new ContactFields
        {
            Consent = new ConsentFields(form.Typed("source"), TimeOf(form.Typed("time")), form.Typed("wording")),
        }));
        routes.MapForm("/contacts/{id}/consent/remove", (call, form) => ChangeAsync(call, form, new ContactFields { RemoveConsent = true }));
        routes.MapForm("/contacts/{id}/relationship", (call, form) => LoosenAsync(call, form, new ContactFields
        {
            Relationship = new RelationshipFields(form.Typed("basis"), form.Typed("note")),
        }));
        routes.MapForm("/contacts/{id}/relationship/remove", (call, form) => ChangeAsync(call, form, new ContactFields { RemoveRelationship = true }));
    }

    private static async Task ListAsync(PageCall call)
    {
        var (query, tag) = (call.Query("query"), call.Query("tag"));
        var list = await call.Node.Contacts.SearchAsync(call.Person, new ContactRequest { Query = query, Tag = tag, Limit = 50, Cursor = call.Query("cursor") }, call.Aborted);
        await call.ShowAsync<ContactsPage>("Contacts", "contacts", new ContactsModel(list, query, tag));
    }

    private static async Task ShowAsync(PageCall call, RefusalException? refused = null) => await call.ShowAsync<ContactPage>(
        "Contact", "contacts", await call.Node.Contacts.GetAsync(call.Person, call.Id, call.Aborted), refused);

    private static async Task LoosenAsync(PageCall call, IFormCollection form, ContactFields fields)
    {
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
        }
        else if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await ShowAsync(call, StepUp.Wrong());
        }
        else
        {
            await ChangeAsync(call, form, fields);
        }
    }

    private static async Task ChangeAsync(PageCall call, IFormCollection form, ContactFields fields)
    {
        try
        {
            // The version that was shown: what somebody else changed meanwhile is not overwritten unseen.
            var version = int.TryParse(form["version"], out var shown) ? shown : 0;
            await call.Node.Contacts.ChangeAsync(call.Person, call.Id, fields with { ExpectedVersion = version }, call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await ShowAsync(call, refused);
            return;
        }

        await call.SeeAsync($"/contacts/{call.Id}");
    }

    // A form has a day; the record wants an instant.
    private static string? TimeOf(string? day) => day is null || day.Contains('T', StringComparison.Ordinal) ? day : day + "T00:00:00Z";
}

public sealed record ContactsModel(ContactList List, string? Query, string? Tag)
{
    /// <summary>The page with the same search.</summary>
    public string Path => "/contacts" + string.Concat(
        ((IEnumerable<(string Name, string? Value)>)[("query", Query), ("tag", Tag)]).Where(p => p.Value is not null)
            .Select((p, i) => $"{(i == 0 ? '?' : '&')}{p.Name}={Uri.EscapeDataString(p.Value!)}"));
}
