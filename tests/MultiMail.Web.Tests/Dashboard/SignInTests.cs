using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class SignInTests
{
    [Fact]
    public async Task Before_anybody_signed_up_the_page_says_what_to_run()
    {
        await using var web = await WebHouse.OpenAsync();

        var page = await web.Browser().GetAsync("/login");

        Assert.Contains("multimail operator login", page.Text, StringComparison.Ordinal);
        Assert.False(page.HasForm("/login"));
    }

    [Fact]
    public async Task A_link_signs_in_once_and_looking_at_it_does_not_use_it_up()
    {
        await using var web = await WebHouse.OpenAsync();
        var token = await web.Node.People.LoginTokenAsync(web.House.Person, CancellationToken.None);
        var (preview, browser, late) = (web.Browser(), web.Browser(), web.Browser());
        await preview.GetAsync($"/login/{token}");
        await preview.GetAsync($"/login/{token}");

        var shown = await browser.GetAsync($"/login/{token}");
        var entered = await browser.SubmitAsync(shown, $"/login/{token}");

        Assert.Equal((HttpStatusCode.SeeOther, "/welcome"), (entered.Status, entered.Location));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/welcome")).Status);
        var again = await late.SubmitAsync(await late.GetAsync($"/login/{token}"), $"/login/{token}");
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.DoesNotContain(again.SetCookies, c => c.Contains("session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_dies_after_a_quarter_of_an_hour()
    {
        await using var web = await WebHouse.OpenAsync();
        var token = await web.Node.People.LoginTokenAsync(web.House.Person, CancellationToken.None);
        var browser = web.Browser();
        var shown = await browser.GetAsync($"/login/{token}");
        web.House.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(HttpStatusCode.Gone, (await browser.SubmitAsync(shown, $"/login/{token}")).Status);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("%01")]
    [InlineData("%2e%2e%2f")]
    public async Task A_link_that_was_never_made_signs_nobody_in(string token)
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = web.Browser();
        var visitor = await browser.GetAsync("/login/x");

        var answer = await browser.PostAsync($"/login/{token}", visitor.Form("/login/x"));

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
    }

    [Fact]
    public async Task The_first_sign_in_sets_credentials_that_the_next_one_takes()
    {
        await using var web = await WebHouse.OpenAsync();
        var token = await web.Node.People.LoginTokenAsync(web.House.Person, CancellationToken.None);
        var browser = web.Browser();
        await browser.SubmitAsync(await browser.GetAsync($"/login/{token}"), $"/login/{token}");
        Assert.Equal("/welcome", (await browser.GetAsync("/")).Location);
        var welcome = await browser.GetAsync("/welcome");

        var set = await browser.SubmitAsync(welcome, "/welcome", ("email", Person.Email), ("password", Person.Password), ("repeat", Person.Password));

        Assert.Equal("/profile", set.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
        var other = web.Browser();
        var entered = await other.SubmitAsync(await other.GetAsync("/login"), "/login", ("email", "  ADA@example.org"), ("password", Person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
    }

    [Theory]
    [InlineData("ada@example.org", "short", "short", "12")]
    [InlineData("not an address", "long enough words", "long enough words", "e-mail")]
    [InlineData("ada@example.org", "long enough words", "long enough word", "differ")]
    public async Task Weak_or_wrong_credentials_are_explained_and_not_kept(string email, string password, string repeat, string says)
    {
        await using var web = await WebHouse.OpenAsync();
        var token = await web.Node.People.LoginTokenAsync(web.House.Person, CancellationToken.None);
        var browser = web.Browser();
        await browser.SubmitAsync(await browser.GetAsync($"/login/{token}"), $"/login/{token}");

        var answer = await browser.SubmitAsync(await browser.GetAsync("/welcome"), "/welcome", ("email", email), ("password", password), ("repeat", repeat));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        Assert.False(await web.Node.People.AnySignedUpAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Welcome_changes_no_password_of_somebody_who_has_one()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var csrf = (await browser.GetAsync("/")).Form("/sample")["csrf"];

        await browser.PostAsync("/welcome", Fields(("csrf", csrf), ("email", "eve@example.org"), ("password", "eve has it now!"), ("repeat", "eve has it now!")));

        var other = web.Browser();
        var entered = await other.SubmitAsync(await other.GetAsync("/login"), "/login", ("email", Person.Email), ("password", Person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_person_look_alike()
    {
        await using var web = await WebHouse.OpenAsync();
        await web.SignedInAsync();
        var browser = web.Browser();
        var form = await browser.GetAsync("/login");

        var wrong = await browser.SubmitAsync(form, "/login", ("email", Person.Email), ("password", "wrong password"));
        var unknown = await browser.SubmitAsync(form, "/login", ("email", "bob@example.org"), ("password", "wrong password"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong.Text.Replace(Person.Email, "", StringComparison.Ordinal), unknown.Text.Replace("bob@example.org", "", StringComparison.Ordinal));
        Assert.DoesNotContain(wrong.SetCookies, c => c.Contains("session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var web = await WebHouse.OpenAsync();
        await web.SignedInAsync();
        var browser = web.Browser();
        var entered = await browser.SubmitAsync(await browser.GetAsync("/login"), "/login", ("email", Person.Email), ("password", Person.Password));

        var cookie = Assert.Single(entered.SetCookies);
        Assert.StartsWith("multimail-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_bound_to_this_host()
    {
        await using var web = await WebHouse.OpenAsync();
        web.Node.Options.PublicUrl = "https://127.0.0.1";
        await web.Node.People.SetCredentialsAsync(web.House.Person, Person.Email, Person.Password, CancellationToken.None);
        var browser = web.Browser();
        var entered = await browser.SubmitAsync(await browser.GetAsync("/login"), "/login", ("email", Person.Email), ("password", Person.Password));

        var cookie = Assert.Single(entered.SetCookies);
        Assert.StartsWith("__Host-multimail-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);

        browser.Cookies["multimail-session"] = browser.Cookies["__Host-multimail-session"];
        browser.Cookies.Remove("__Host-multimail-session");
        Assert.Equal("/login", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        var kept = browser.Cookies["multimail-session"];

        var left = await browser.SubmitAsync(await browser.GetAsync("/"), "/sign-out");

        Assert.Equal("/login", left.Location);
        Assert.DoesNotContain("multimail-session", browser.Cookies.Keys);
        browser.Cookies["multimail-session"] = kept;
        Assert.Equal("/login", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task A_session_ends_by_itself()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();
        web.House.Clock.Advance(TimeSpan.FromHours(13));

        Assert.Equal("/login", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task Guessing_a_password_meets_a_wall_that_time_takes_down()
    {
        await using var web = await WebHouse.OpenAsync();
        await web.SignedInAsync();
        var browser = web.Browser();
        var form = await browser.GetAsync("/login");
        for (var i = 0; i < SignInLimiter.PerEmail - 1; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync(form, "/login", ("email", Person.Email), ("password", $"guess {i}"))).Status);
        }

        var stopped = await browser.SubmitAsync(form, "/login", ("email", Person.Email.ToUpperInvariant()), ("password", Person.Password));

        Assert.Equal(HttpStatusCode.TooManyRequests, stopped.Status);
        Assert.Equal("300", stopped.Headers.GetValues("Retry-After").Single());
        Assert.Contains("Rate limited", stopped.Text, StringComparison.Ordinal);
        web.House.Clock.Advance(SignInLimiter.Window);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(form, "/login", ("email", Person.Email), ("password", Person.Password))).Status);
    }

    [Fact]
    public async Task Guessing_from_one_address_over_many_names_meets_a_wall_too()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = web.Browser();
        var form = await browser.GetAsync("/login/x");
        for (var i = 0; i < SignInLimiter.PerAddress; i++)
        {
            await browser.PostAsync("/login/x", form.Form("/login/x"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.PostAsync("/login/x", form.Form("/login/x"))).Status);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(params (string Name, string Value)[] fields) =>
        fields.Select(f => KeyValuePair.Create(f.Name, f.Value));
}
