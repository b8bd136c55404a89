using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Core.Text;

namespace MultiMail.Core.Templates;

/// <summary>Texts with variables, kept in versions, and the mail that is made from them.</summary>
public sealed class TemplateLibrary
{
    private readonly CoreContext _core;

    internal TemplateLibrary(CoreContext core) => _core = core;

    /// <summary>Newest first, without the bodies.</summary>
    public async Task<TemplateList> ListAsync(Principal principal, TemplateRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(request);
        principal.Require(Scopes.Read);
        var faults = new Faults();
        var limit = faults.Number("limit", request.Limit, 25, 1, 100);
        var part = GivenText.Line(faults, "query", request.Query, 200);
        faults.ThrowIfAny();
        var before = Cursors.Number(request.Cursor) is { } at ? new TemplateId(at) : (TemplateId?)null;
        var rows = await _core.Store.TemplatesAsync(principal.Account, part, before, limit + 1, cancellationToken).ConfigureAwait(false);
        return new TemplateList([.. rows.Take(limit).Select(Summary)], rows.Count > limit ? Cursors.Of(rows[limit - 1].Id.Value) : null);
    }

    /// <param name="version">An earlier version, of a deleted template too; null = the current one.</param>
    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public async Task<TemplateView> GetAsync(Principal principal, string? templateId, int? version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Read);
        var id = Parse(templateId);
        return View((version is { } number
            ? await _core.Store.TemplateVersionAsync(principal.Account, id, number, cancellationToken).ConfigureAwait(false)
            : await _core.Store.TemplateAsync(principal.Account, id, cancellationToken).ConfigureAwait(false)) ?? throw NotFound());
    }

    /// <summary>Makes a template, or its next version. The same content again makes none.</summary>
    /// <exception cref="RefusalException"><c>invalid_parameter</c>, <c>not_found</c>, <c>version_conflict</c></exception>
    public async Task<TemplateView> SaveAsync(Principal principal, TemplateFields given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(given);
        principal.Require(Scopes.Send, Scopes.Admin);
        principal.RequireLive();
        var content = TemplateCheck.Check(given);
        var saved = given.TemplateId is null
            ? await AddAsync(principal, content, given.IdempotencyKey, cancellationToken).ConfigureAwait(false)
            : await ChangeAsync(principal, Parse(given.TemplateId), content, given.ExpectedVersion, cancellationToken).ConfigureAwait(false);
        return View(saved);
    }

    /// <summary>No more mail is made from it; its versions stay for the mail that was.</summary>
    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public async Task DeleteAsync(Principal principal, string? templateId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Send, Scopes.Admin);
        principal.RequireLive();
        var id = Parse(templateId);
        await _core.Store.WriteAsync(
            async unit =>
            {
                if (!await unit.DeleteTemplateAsync(principal.Account, id).ConfigureAwait(false))
                {
                    throw NotFound();
                }

                await LogAsync(unit, principal, "template_deleted").ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A submission that names a template, with the template's texts and the values in them; another one as it is.</summary>
    /// <returns><see cref="Submission.Template"/> says what it was made from.</returns>
    /// <exception cref="RefusalException"><c>invalid_parameter</c>, <c>unknown_parameter</c>, <c>not_found</c></exception>
    internal async Task<Submission> ExpandAsync(Principal principal, Submission submission, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        if (submission.TemplateId is null)
        {
            if (submission.Variables is { Count: > 0 })
            {
                faults.Invalid("variables", "variables goes with template_id only.", "Give template_id, or leave variables out.");
            }

            faults.ThrowIfAny();
            return submission;
        }

        RefuseOwnTexts(submission, faults);
        var id = Parse(submission.TemplateId);
        var template = await _core.Store.TemplateAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) ?? throw NotFound();
        var values = TemplateValues.Check(template.Content, submission.Variables ?? new Dictionary<string, string>(StringComparer.Ordinal), faults);
        faults.ThrowIfAny();
        var content = template.Content;
        var made = submission with
        {
            Subject = TemplateRendering.Text(content.Subject, values),
            Text = TemplateRendering.Text(content.Text, values),
            Html = TemplateRendering.Marked("html", content.Html, values, faults),
            Markdown = TemplateRendering.Marked("markdown", content.Markdown, values, faults),
            Template = new TemplateUse(_core.Ids.Format(id), template.Version, Digests.Text(template.Digest)),
        };
        faults.ThrowIfAny();
        return made;
    }

    private static void RefuseOwnTexts(Submission submission, Faults faults)
    {
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[("subject", submission.Subject), ("text", submission.Text), ("html", submission.Html), ("markdown", submission.Markdown)])
        {
            if (text is not null)
            {
                faults.Invalid(field, $"{field} and template_id are both given.", $"Leave {field} out: the template has it.");
            }
        }
    }

    private async Task<Template> AddAsync(Principal principal, TemplateContent content, string? key, CancellationToken cancellationToken)
    {
        var request = content.Digest();
        var id = _core.NewId<TemplateId>();
        return await _core.Store.WriteAsync(
            async unit =>
            {
                if (await unit.MadeBeforeAsync<TemplateId>(principal, "template", key, request, _core.Ids).ConfigureAwait(false) is { } before)
                {
                    return await unit.FindTemplateAsync(principal.Account, before).ConfigureAwait(false) ?? throw NotFound();
                }

                var template = new Template
                {
                    Id = id, Account = principal.Account, Version = 1, Content = content, Digest = request,
                    CreatedBy = principal.PublicId, CreatedAt = unit.Now, SavedBy = principal.PublicId, SavedAt = unit.Now,
                };
                await unit.InsertTemplateAsync(template).ConfigureAwait(false);
                await LogAsync(unit, principal, "template_added").ConfigureAwait(false);
                await unit.KeepMadeAsync(principal, "template", key, request, _core.Ids, template.Id).ConfigureAwait(false);
                return template;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<Template> ChangeAsync(Principal principal, TemplateId id, TemplateContent content, int? expectedVersion, CancellationToken cancellationToken)
    {
        if (expectedVersion is null)
        {
            throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "expected_version", "expected_version is missing.", "Read the template and give its version.")]);
        }

        var digest = content.Digest();
        return await _core.Store.WriteAsync(
            async unit =>
            {
                var current = await unit.FindTemplateAsync(principal.Account, id).ConfigureAwait(false) ?? throw NotFound();
                if (current.Version != expectedVersion)
                {
                    throw new RefusalException(ErrorCodes.VersionConflict, $"The template is at version {current.Version}.");
                }

                if (current.Digest.AsSpan().SequenceEqual(digest))
                {
                    return current; // nothing happens, so nothing is logged
                }

                var next = current with { Version = current.Version + 1, Content = content, Digest = digest, SavedBy = principal.PublicId, SavedAt = unit.Now };
                await unit.AddTemplateVersionAsync(next).ConfigureAwait(false);
                await LogAsync(unit, principal, "template_changed").ConfigureAwait(false);
                return next;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private ValueTask LogAsync(IWriteUnit unit, Principal principal, string reason) =>
        unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.ConfigChanged, reason));

    private TemplateId Parse(string? text) => _core.Ids.TryParse<TemplateId>(text, out var id) ? id : throw NotFound();

    private static RefusalException NotFound() => RefusalException.NotFound("template");

    private TemplateSummary Summary(Template t) => new(
        _core.Ids.Format(t.Id), t.Content.Name, t.Version, Digests.Text(t.Digest), t.Content.Variables, t.Content.Subject, t.SavedAt);

    private TemplateView View(Template t) => new(
        _core.Ids.Format(t.Id), t.Content.Name, t.Version, Digests.Text(t.Digest), t.Content.Variables, t.Content.Subject, t.Content.Text, t.Content.Html, t.Content.Markdown,
        t.SavedBy, t.SavedAt, t.CreatedAt);
}
