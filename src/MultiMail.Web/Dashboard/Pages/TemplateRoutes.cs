using MultiMail.Core.Templates;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>The templates that mail is made from, to look at.</summary>
internal static class TemplateRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/templates", ListAsync);
        routes.MapPage("/templates/{id}", ShowAsync);
    }

    private static async Task ListAsync(PageCall call) => await call.ShowAsync<TemplatesPage>(
        "Templates", "templates", await call.Node.Templates.ListAsync(call.Person, new TemplateRequest { Limit = 50, Cursor = call.Query("cursor") }, call.Aborted));

    private static async Task ShowAsync(PageCall call)
    {
        var version = int.TryParse(call.Query("version"), out var number) ? number : (int?)null;
        await call.ShowAsync<TemplatePage>("Template", "templates", await call.Node.Templates.GetAsync(call.Person, call.Id, version, call.Aborted));
    }
}
