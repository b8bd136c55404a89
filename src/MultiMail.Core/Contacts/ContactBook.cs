using System.Security.Cryptography;
using System.Text;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Core.Text;

namespace MultiMail.Core.Contacts;

/// <summary>Whom the account writes to, and what is known of them.</summary>
public sealed class ContactBook
{
    private const string Taken = "There is a contact with this address already.";
    private readonly CoreContext _core;

    internal ContactBook(CoreContext core) => _core = core;

    /// <summary>Newest first.</summary>
    public async Task<ContactList> SearchAsync(Principal principal, ContactRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(request);
        principal.Require(Scopes.Read);
        var faults = new Faults();
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        var query = GivenText.Line(faults, "query", request.Query, 500);
        var tag = GivenText.Line(faults, "tag", request.Tag, 64);
        faults.ThrowIfAny();
        var before = Cursors.Number(request.Cursor) is { } at ? new ContactId(at) : (ContactId?)null;
        var rows = await _core.Store.ContactsAsync(principal.Account, ContactWords.Query(query, tag), before, limit + 1, cancellationToken).ConfigureAwait(false);
        return new ContactList([.. rows.Take(limit).Select(View)], rows.Count > limit ? Cursors.Of(rows[limit - 1].Id.Value) : null);
    }

    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public async Task<ContactView> GetAsync(Principal principal, string? contactId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Read);
        return View(await _core.Store.ContactAsync(principal.Account, Parse(contactId), cancellationToken).ConfigureAwait(false) ?? throw NotFound());
    }

    /// <exception cref="RefusalException"><c>invalid_parameter</c>, also when a contact has the address; <c>oversight_scope_required</c>, <c>scope_missing</c></exception>
    public async Task<ContactView> AddAsync(Principal principal, ContactFields given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(given);
        await RequireAsync(principal, given, cancellationToken).ConfigureAwait(false);
        var wanted = ContactCheck.Check(given, isNew: true, _core.Clock.GetUtcNow());
        var request = SHA256.HashData(Encoding.UTF8.GetBytes(Told(wanted)));
        var id = _core.NewId<ContactId>();
        var made = await _core.Store.WriteAsync(
            async unit =>
            {
                if (await unit.MadeBeforeAsync<ContactId>(principal, "contact", given.IdempotencyKey, request, _core.Ids).ConfigureAwait(false) is { } before)
                {
                    return await unit.FindContactAsync(principal.Account, before).ConfigureAwait(false) ?? throw NotFound();
                }

                var blank = new Contact
                {
                    Id = id, Account = principal.Account, Email = wanted.Email!, Source = wanted.Source!,
                    CreatedBy = principal.PublicId, CreatedAt = unit.Now, UpdatedAt = unit.Now,
                };
                var contact = ContactEditing.Apply(blank, wanted, given, principal, unit.Now);
                await unit.InsertContactAsync(contact).ConfigureAwait(false);
                await unit.KnowAsync(principal.Account, Acquaintances.Of([contact.Email])).ConfigureAwait(false);
                await LogAsync(unit, principal, ContactEditing.Reasons(blank, contact).Prepend("contact_added")).ConfigureAwait(false);
                await unit.KeepMadeAsync(principal, "contact", given.IdempotencyKey, request, _core.Ids, contact.Id).ConfigureAwait(false);
                return contact;
            },
            cancellationToken).Refusing("contact.email", "email", Taken).ConfigureAwait(false);
        return View(made);
    }

    /// <summary>Changes the given fields. What is already so is no change.</summary>
    /// <exception cref="RefusalException"><c>not_found</c>, <c>version_conflict</c>, and those of adding</exception>
    public async Task<ContactView> ChangeAsync(Principal principal, string? contactId, ContactFields given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(given);
        await RequireAsync(principal, given, cancellationToken).ConfigureAwait(false);
        var id = Parse(contactId);
        var wanted = ContactCheck.Check(given, isNew: false, _core.Clock.GetUtcNow());
        var changed = await _core.Store.WriteAsync(
            async unit =>
            {
                var current = await FindAsync(unit, principal, id, given.ExpectedVersion).ConfigureAwait(false);
                var next = ContactEditing.Apply(current, wanted, given, principal, unit.Now);
                if (ContactEditing.AreSame(current, next))
                {
                    return current; // nothing happens, so nothing is logged
                }

                if (current.Source != next.Source || current.Email != next.Email)
                {
                    ContactRights.RequireKeeping(principal, current, "another source or address");
                }

                next = next with { Version = current.Version + 1, UpdatedAt = unit.Now };
                await unit.UpdateContactAsync(next).ConfigureAwait(false);
                if (current.Email != next.Email)
                {
                    await ForgetAsync(unit, current).ConfigureAwait(false);
                    await unit.KnowAsync(principal.Account, Acquaintances.Of([next.Email])).ConfigureAwait(false);
                }

                await LogAsync(unit, principal, ContactEditing.Reasons(current, next).DefaultIfEmpty("contact_changed")).ConfigureAwait(false);
                return next;
            },
            cancellationToken).Refusing("contact.email", "email", Taken).ConfigureAwait(false);
        return View(changed);
    }

    /// <exception cref="RefusalException"><c>not_found</c>, <c>version_conflict</c>, <c>scope_missing</c></exception>
    public async Task DeleteAsync(Principal principal, string? contactId, int? expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Send, Scopes.Admin);
        principal.RequireLive();
        var id = Parse(contactId);
        await _core.Store.WriteAsync(
            async unit =>
            {
                var current = await FindAsync(unit, principal, id, expectedVersion).ConfigureAwait(false);
                ContactRights.RequireKeeping(principal, current, "deleting it");
                await unit.DeleteContactAsync(principal.Account, id).ConfigureAwait(false);
                await ForgetAsync(unit, current).ConfigureAwait(false);
                await LogAsync(unit, principal, ["contact_deleted"]).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireAsync(Principal principal, ContactFields given, CancellationToken cancellationToken)
    {
        try
        {
            ContactRights.Require(principal, given);
        }
        catch (RefusalException refusal) when (refusal.Code is ErrorCodes.OversightScopeRequired)
        {
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, null, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    // The address alone: its domain may be another contact's too, and is nobody's name.
    private static ValueTask ForgetAsync(IWriteUnit unit, Contact contact) => unit.ForgetAsync(contact.Account, Acquaintances.Of([contact.Email])[0]);

    private static async ValueTask<Contact> FindAsync(IWriteUnit unit, Principal principal, ContactId id, int? expectedVersion)
    {
        var current = await unit.FindContactAsync(principal.Account, id).ConfigureAwait(false) ?? throw NotFound();
        return expectedVersion is { } version && version != current.Version
            ? throw new RefusalException(ErrorCodes.VersionConflict, $"The contact is at version {current.Version}.")
            : current;
    }

    private async ValueTask LogAsync(IWriteUnit unit, Principal principal, IEnumerable<string> reasons)
    {
        foreach (var reason in reasons)
        {
            await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.ConfigChanged, reason)).ConfigureAwait(false);
        }
    }

    private ContactId Parse(string? text) => _core.Ids.TryParse<ContactId>(text, out var id) ? id : throw NotFound();

    private static RefusalException NotFound() => RefusalException.NotFound("contact");

    // Every member in its order, with lengths: two requests that differ anywhere have different texts.
    private static string Told(CheckedContact wanted) => string.Join('\n', new[]
    {
        wanted.Email, wanted.Name, wanted.Tags is null ? null : string.Join('\t', wanted.Tags), wanted.Notes, wanted.Source, wanted.Language, wanted.Kind?.ToString(),
        wanted.Evidence, wanted.Consent?.ToString(), wanted.Relationship?.ToString(),
    }.Select(t => $"{t?.Length ?? -1} {t}"));

    private ContactView View(Contact c) => new(
        _core.Ids.Format(c.Id), c.Email, Clean.OptionalLine(c.Name), [.. c.Tags.Select(Clean.Line)], c.Notes is null ? null : Clean.Body(c.Notes).Text, Clean.Line(c.Source), c.Language,
        c.Kind is ContactKind.Machine ? "machine" : "person", c.Machine is { } machine ? Clean.Body(machine.Evidence).Text : null,
        c.Consent is { } consent ? new ConsentView(Clean.Line(consent.Source), consent.At, Clean.Body(consent.Wording).Text, consent.By) : null,
        c.Relationship is { } relationship ? new RelationshipView(relationship.Basis, Clean.Body(relationship.Note).Text, relationship.By, relationship.At) : null,
        c.Version, c.CreatedBy, c.CreatedAt, c.UpdatedAt);
}
