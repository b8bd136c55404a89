using MultiMail.Core.Mailboxes;
using MultiMail.Core.Policy;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Whom mailboxes may write to and get mail from.</summary>
internal static class RuleRoutes
{
    private const int PageLength = 50;
    private const int MostMailboxes = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/rules", call => ShowAsync(call));
        routes.MapForm("/rules", AddAsync);
        routes.MapForm("/rules/{id}/remove", RemoveAsync);
    }

    private static async Task ShowAsync(PageCall call, RefusalException? refused = null)
    {
        var rules = await call.Node.Rules.ListAsync(call.Person, new AccessRuleRequest { Limit = PageLength, Cursor = call.Query("cursor") }, call.Aborted);
        var mailboxes = await call.Node.Mailboxes.ListAsync(call.Person, MostMailboxes, cursor: null, call.Aborted);
        await call.ShowAsync<RulesPage>("Rules", "rules", new RulesModel(rules, mailboxes.Mailboxes), refused);
    }

    /// <summary>A block holds at once; an allow asks for the password first.</summary>
    private static async Task AddAsync(PageCall call, IFormCollection form)
    {
        var wanted = new NewAccessRule
        {
            Mailbox = form.Typed("mailbox"),
            Direction = form.Typed("direction"),
            Type = form.Typed("type"),
            Pattern = form.Typed("pattern"),
            Note = form.Typed("note"),
        };
        var question = new RuleQuestion("/rules", $"Allow {wanted.Pattern}?", wanted, "Allow it");
        await ActAsync(call, form, wanted.Type == "allow" ? question : null, () => call.Node.Rules.AddAsync(call.Person, wanted, call.Aborted));
    }

    private static async Task RemoveAsync(PageCall call, IFormCollection form)
    {
        var rule = await call.Node.Rules.GetAsync(call.Person, call.Id, call.Aborted);
        var loosens = await call.Node.Rules.LoosensAsync(call.Person, call.Id, call.Aborted);
        var question = new RuleQuestion($"/rules/{rule.Id}/remove", $"Take away the rule about {rule.Pattern}?", Rule: null, "Take it away");
        await ActAsync(call, form, loosens ? question : null, () => call.Node.Rules.RemoveAsync(call.Person, rule.Id, call.Aborted));
    }

    /// <param name="question">What is asked together with the password; null = nothing is loosened.</param>
    private static async Task ActAsync(PageCall call, IFormCollection form, RuleQuestion? question, Func<Task<RuleOutcome>> act)
    {
        if (question is not null && form["password"].Count == 0)
        {
            await AskAsync(call, question, refused: null);
            return;
        }

        if (question is not null && StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
            return;
        }

        if (question is not null && !await StepUp.IsRightAsync(call, form["password"]))
        {
            await AskAsync(call, question, StepUp.Wrong());
            return;
        }

        try
        {
            await act();
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await ShowAsync(call, refused);
            return;
        }

        await call.SeeAsync("/rules");
    }

    private static Task AskAsync(PageCall call, RuleQuestion question, RefusalException? refused) =>
        call.ShowAsync<RuleQuestionPage>("Loosen a rule", "rules", question, refused);
}

public sealed record RulesModel(AccessRuleList Rules, IReadOnlyList<MailboxView> Mailboxes);

/// <param name="Path">Where the answer goes.</param>
/// <param name="Rule">The fields to send again; null when there are none.</param>
public sealed record RuleQuestion(string Path, string Title, NewAccessRule? Rule, string Does);
