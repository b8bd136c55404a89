using MultiMail.Core.Errors;
using MultiMail.Core.Templates;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Templates;

public sealed class TemplateTests
{
    [Fact]
    public async Task Mail_made_from_a_template_shows_which_one_to_the_approver()
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome, default);
        var sent = await house.SendAsync(Shelf.Mail(template.Id, ("name", "Ann & Bob"), ("order", "a/7?x")));
        var review = await house.Node.Pending.ReviewAsync(house.Person, sent.MessageId, default);

        Assert.Equal("Hello Ann & Bob", review.Item.Subject);
        Assert.Contains("Dear Ann & Bob,", review.Text, StringComparison.Ordinal);
        Assert.Contains(review.Links, l => l.Target == "https://shop.example/o/a%2F7%3Fx");
        Assert.Equal(new TemplateUse(template.Id, 1, template.Digest), review.Template);
        Assert.Contains($"\"template\":{{\"digest\":\"{template.Digest}\",\"id\":\"{template.Id}\",\"version\":1}},\"v\":1", await Shelf.ManifestAsync(house, sent.MessageId), StringComparison.Ordinal);
        Assert.Equal("pending", sent.Status);
        await house.ApproveAsync(sent.MessageId, digest: review.Item.Digest);
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(sent.MessageId));
    }

    [Fact]
    public async Task A_preview_fills_the_template_as_sending_does()
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome, default);
        var seen = await house.Node.Preview.OfAsync(house.Agent, Shelf.Mail(template.Id, ("name", "Ann"), ("order", "7")), default);
        Assert.Equal("pending", seen.WouldBe);
        Assert.Contains("Dear Ann,", seen.Text, StringComparison.Ordinal);
        var refused = await house.Node.Preview.OfAsync(house.Agent, Shelf.Mail(template.Id, ("name", "Ann")), default);
        Assert.Equal("variables.order", Assert.Single(refused.Violations!).Field);
    }

    [Fact]
    public async Task Mail_without_a_template_names_none()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        Assert.Null((await house.Node.Pending.ReviewAsync(house.Person, sent.MessageId, default)).Template);
        Assert.DoesNotContain("template", await Shelf.ManifestAsync(house, sent.MessageId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_stay_and_mail_keeps_its_own()
    {
        await using var house = await House.BuildAsync();
        var first = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome, default);
        var sent = await house.SendAsync(Shelf.Mail(first.Id, ("name", "Ann"), ("order", "7")));
        var second = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome with { TemplateId = first.Id, Subject = "Hi {{name}}", ExpectedVersion = 1 }, default);
        Assert.Equal((2, first.Id), (second.Version, second.Id));
        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Equal(first, await house.Node.Templates.GetAsync(house.Agent, first.Id, 1, default) with { Variables = first.Variables });
        Assert.Equal(2, (await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome with { TemplateId = first.Id, Subject = "Hi {{name}}", ExpectedVersion = 2 }, default)).Version);
        Assert.Equal("version_conflict", await RefusedAsync(() => house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome with { TemplateId = first.Id, ExpectedVersion = 1 }, default)));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome with { TemplateId = first.Id }, default)));

        await house.Node.Templates.DeleteAsync(house.Agent, first.Id, default);
        Assert.Equal("not_found", await RefusedAsync(() => house.SendAsync(Shelf.Mail(first.Id, ("name", "Ann"), ("order", "7")))));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Templates.DeleteAsync(house.Agent, first.Id, default)));
        Assert.Equal(1, (await house.Node.Pending.ReviewAsync(house.Person, sent.MessageId, default)).Template!.Version);
        Assert.Equal(first.Digest, (await house.Node.Templates.GetAsync(house.Agent, first.Id, 1, default)).Digest);
    }

    [Fact]
    public async Task A_missing_and_an_extra_variable_are_named()
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome, default);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(Shelf.Mail(template.Id, ("order", "7"), ("nmae", "Ann"), ("<b>", "x"))));
        Assert.Equal(["variables", "variables.name", "variables.nmae"], refusal.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("<b>", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_and_own_texts_do_not_go_together()
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome, default);
        var mail = Shelf.Mail(template.Id, ("name", "Ann"), ("order", "7"));
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(mail with { Subject = "x", Text = "x", Html = "x", Markdown = "x" }));
        Assert.Equal(["html", "markdown", "subject", "text"], refusal.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.SendAsync(Letter() with { Variables = mail.Variables })));
    }

    [Fact]
    public async Task What_is_wrong_with_a_template_is_said_when_it_is_saved()
    {
        await using var house = await House.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Templates.SaveAsync(
            house.Agent,
            new TemplateFields { Subject = "Hi {{ name }}", Text = "{{undeclared}}", Html = "<p style='color:{{colour}}'>x</p>", Variables = ["colour", "unused", "Bad-Name"] },
            default));
        Assert.Equal(["html", "name", "subject", "variables", "variables", "variables[2]"], refusal.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{{")]
    [InlineData("}}")]
    [InlineData("{{}}")]
    [InlineData("{{Name}}")]
    [InlineData("{{1a}}")]
    [InlineData("{{a-b}}")]
    [InlineData("{{a b}}")]
    [InlineData("{{a{{b}}}}")]
    [InlineData("{{{a}}}")]
    [InlineData("{{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}")]
    public async Task Braces_that_are_no_placeholder_are_refused(string text)
    {
        await using var house = await House.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Templates.SaveAsync(
            house.Agent, new TemplateFields { Name = "x", Subject = "x", Text = text, Variables = [] }, default));
        Assert.Contains(refusal.Violations, v => v.Field == "text");
    }

    [Fact]
    public async Task Rights_are_those_of_contacts()
    {
        await using var house = await House.BuildAsync();
        var (reader, _) = await house.KeyAsync("read");
        var (test, _) = await house.KeyAsync("read,send", "test");
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Templates.SaveAsync(reader, Shelf.Welcome, default)));
        Assert.Equal("live_key_required", await RefusedAsync(() => house.Node.Templates.SaveAsync(test, Shelf.Welcome, default)));
        var template = await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome with { IdempotencyKey = "k" }, default);
        Assert.Equal(template.Id, (await house.Node.Templates.SaveAsync(house.Agent, Shelf.Welcome with { IdempotencyKey = "k" }, default)).Id);
        Assert.Equal([template.Id], (await house.Node.Templates.ListAsync(reader, new TemplateRequest { Query = "WEL" }, default)).Templates.Select(t => t.Id));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Templates.DeleteAsync(reader, template.Id, default)));
        Assert.Equal("live_key_required", await RefusedAsync(() => house.Node.Templates.DeleteAsync(test, template.Id, default)));
        var stranger = house.Agent with { Account = new Ids.AccountId(house.Agent.Account.Value + 1) };
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Templates.GetAsync(stranger, template.Id, null, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Templates.GetAsync(stranger, template.Id, 1, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Templates.DeleteAsync(stranger, template.Id, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Templates.SaveAsync(stranger, Shelf.Welcome with { TemplateId = template.Id, ExpectedVersion = 1 }, default)));
    }
}
