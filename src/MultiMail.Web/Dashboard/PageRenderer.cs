using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard;

/// <summary>
/// Renders a component to a whole page. The renderer is used directly rather than through AddRazorComponents, which brings along
/// data protection and its key files in the user's home; our pages have no interactive part that would need them.
/// </summary>
internal static class PageRenderer
{
    public static async Task WriteAsync<TPage>(HttpContext http, int status, IDictionary<string, object?> parameters)
        where TPage : IComponent
    {
        var services = http.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            return output.ToHtmlString();
        });
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        PageHeaders.Apply(http.Response);
        await http.Response.WriteAsync(html, http.RequestAborted);
    }
}
