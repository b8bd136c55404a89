using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Suppression;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Suppression;

public sealed class SelfTestTests
{
    private const string Page = "<form><input name=\"List-Unsubscribe\"></form>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_runs_at_start_and_daily_and_suppresses_nobody()
    {
        var probe = new Outsider();
        await using var house = await HouseAsync(probe);
        var check = await house.Node.UnsubscribeSelfTest.RunIfDueAsync(Token);
        Assert.Equal((house.Clock.GetUtcNow(), Recipients.PublicUrl, (string?)null), (check!.At, check.Url, check.Fault));
        Assert.Equal(check, await house.Node.UnsubscribeSelfTest.LastAsync(Token));
        Assert.Null(await house.Node.UnsubscribeSelfTest.RunIfDueAsync(Token));
        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.NotNull(await house.Node.UnsubscribeSelfTest.RunIfDueAsync(Token));
        Assert.Equal(4, probe.Calls.Count);
        Assert.Empty((await house.Node.Suppressions.ListAsync(house.Person, new(), Token)).Suppressions);
        Assert.Contains("worked", (await FindingAsync(house)).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get 302", "redirected")]
    [InlineData("get 404", "answered with 404")]
    [InlineData("get other", "not our page")]
    [InlineData("get unsubscribes", "unsubscribes already")]
    [InlineData("post 303", "redirected")]
    [InlineData("post 403", "answered with 403")]
    [InlineData("post elsewhere", "another server")]
    [InlineData("silent", "no answer")]
    public async Task What_does_not_work_is_told_and_tried_again_in_a_quarter_of_an_hour(string how, string words)
    {
        var probe = new Outsider { How = how };
        await using var house = await HouseAsync(probe);
        var check = await house.Node.UnsubscribeSelfTest.RunIfDueAsync(Token);
        Assert.Contains(words, check?.Fault, StringComparison.Ordinal);
        var finding = await FindingAsync(house);
        Assert.Equal(DoctorStates.Warning, finding.State);
        Assert.Contains(words, finding.Sentence, StringComparison.Ordinal);

        probe.How = string.Empty;
        Assert.Null(await house.Node.UnsubscribeSelfTest.RunIfDueAsync(Token));
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null((await house.Node.UnsubscribeSelfTest.RunIfDueAsync(Token))!.Fault);
    }

    [Fact]
    public async Task Without_a_public_https_address_nothing_is_called()
    {
        var probe = new Outsider();
        await using var house = await HouseAsync(probe);
        house.Node.Options.PublicUrl = "http://127.0.0.1:8484";
        Assert.Null(await house.Node.UnsubscribeSelfTest.RunIfDueAsync(Token));
        Assert.Empty(probe.Calls);
        Assert.Contains("MULTIMAIL_PUBLIC_URL", (await FindingAsync(house)).Fix, StringComparison.Ordinal);
    }

    private static async Task<DoctorFinding> FindingAsync(House house) =>
        (await house.Node.Doctor.ExamineAsync(house.Person, Token)).Findings.Single(f => f.Area == "unsubscribe");

    private static async Task<House> HouseAsync(Outsider probe)
    {
        var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, PublicUrl = Recipients.PublicUrl, UnsubscribeProbe = probe });
        probe.Node = house.Node;
        return house;
    }

    /// <summary>Plays the world between the node and its public address.</summary>
    private sealed class Outsider : IUnsubscribeProbe
    {
        public MultiMailNode? Node { get; set; }

        public string How { get; set; } = string.Empty;

        public List<string> Calls { get; } = [];

        public async Task<ProbeAnswer> GetAsync(Uri page, CancellationToken cancellationToken)
        {
            Calls.Add("GET");
            if (How == "get unsubscribes")
            {
                await ApplyAsync(page, cancellationToken);
            }

            var known = await Node!.Unsubscribing.LookAsync(page.Segments[^1], cancellationToken);
            return How switch
            {
                "silent" => new ProbeAnswer(0, "ConnectionError."),
                "get 302" => new ProbeAnswer(302, string.Empty),
                "get 404" => new ProbeAnswer(404, string.Empty),
                "get other" => new ProbeAnswer(200, "<p>Welcome to nginx</p>"),
                _ => new ProbeAnswer(200, known is { Done: false } ? Page : string.Empty),
            };
        }

        public async Task<ProbeAnswer> PostAsync(Uri page, CancellationToken cancellationToken)
        {
            Calls.Add("POST");
            switch (How)
            {
                case "post 303":
                    return new ProbeAnswer(303, string.Empty);
                case "post 403":
                    return new ProbeAnswer(403, string.Empty);
                case "post elsewhere":
                    return new ProbeAnswer(200, Page);
                default:
                    await ApplyAsync(page, cancellationToken);
                    return new ProbeAnswer(200, string.Empty);
            }
        }

        private async Task ApplyAsync(Uri page, CancellationToken cancellationToken) =>
            Assert.NotNull(await Node!.Unsubscribing.ApplyAsync(page.Segments[^1], cancellationToken));
    }
}
