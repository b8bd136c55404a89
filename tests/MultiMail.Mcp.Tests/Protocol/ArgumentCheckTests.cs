using System.Text.Json;
using MultiMail.Core.Errors;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Tests.Protocol;

public sealed class ArgumentCheckTests
{
    private static readonly HashSet<string> Addresses = ["to"];

    private static readonly JsonElement Schema = JsonElement.Parse("""
        {"type":"object","additionalProperties":false,"required":["to","count"],"properties":{
          "to":{"type":"string","description":"Recipients."},
          "count":{"type":"integer","description":"How many.","minimum":1,"maximum":100},
          "size":{"type":"integer","minimum":0},
          "yes":{"type":"boolean"},
          "kind":{"type":"string","enum":["a","b"]},
          "name":{"type":"string","minLength":1,"maxLength":5},
          "ids":{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string"}},
          "set":{"type":"object","additionalProperties":{"type":"string"}},
          "items":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"}}}}}}
        """);

    [Theory]
    [InlineData("""{"to":"a@b.example","count":1}""")]
    [InlineData("""{"to":["a@b.example","c@d.example"],"count":100,"size":0,"yes":false,"kind":"b","name":"12345"}""")]
    [InlineData("""{"to":"","count":2,"ids":["x","y"],"set":{"any":"thing"},"items":[{"id":"1"}]}""")]
    public void Right_arguments_have_no_fault(string arguments) => Assert.Empty(Find(arguments));

    [Theory]
    [InlineData("""{"to":"a","count":1,"subjekt":"x"}""", "unknown_parameter", "subjekt")]
    [InlineData("""{"count":1}""", "invalid_parameter", "to")]
    [InlineData("""{"to":7,"count":1}""", "invalid_parameter", "to")]
    [InlineData("""{"to":["a",7],"count":1}""", "invalid_parameter", "to")]
    [InlineData("""{"to":{"a":1},"count":1}""", "invalid_parameter", "to")]
    [InlineData("""{"to":"a","count":"5"}""", "invalid_parameter", "count")]
    [InlineData("""{"to":"a","count":1.5}""", "invalid_parameter", "count")]
    [InlineData("""{"to":"a","count":99999999999}""", "invalid_parameter", "count")]
    [InlineData("""{"to":"a","count":0}""", "invalid_parameter", "count")]
    [InlineData("""{"to":"a","count":101}""", "invalid_parameter", "count")]
    [InlineData("""{"to":"a","count":1,"size":-1}""", "invalid_parameter", "size")]
    [InlineData("""{"to":"a","count":1,"yes":"true"}""", "invalid_parameter", "yes")]
    [InlineData("""{"to":"a","count":1,"kind":"c"}""", "invalid_parameter", "kind")]
    [InlineData("""{"to":"a","count":1,"name":""}""", "invalid_parameter", "name")]
    [InlineData("""{"to":"a","count":1,"name":"123456"}""", "invalid_parameter", "name")]
    [InlineData("""{"to":"a","count":1,"ids":[]}""", "invalid_parameter", "ids")]
    [InlineData("""{"to":"a","count":1,"ids":["1","2","3"]}""", "invalid_parameter", "ids")]
    [InlineData("""{"to":"a","count":1,"ids":["1",2]}""", "invalid_parameter", "ids[1]")]
    [InlineData("""{"to":"a","count":1,"ids":"x"}""", "invalid_parameter", "ids")]
    [InlineData("""{"to":"a","count":1,"set":{"k":1}}""", "invalid_parameter", "set.k")]
    [InlineData("""{"to":"a","count":1,"items":[{}]}""", "invalid_parameter", "items[0].id")]
    [InlineData("""{"to":"a","count":1,"items":[{"id":"1","extra":1}]}""", "unknown_parameter", "items[0].extra")]
    public void A_fault_names_its_field_and_a_fix(string arguments, string code, string field)
    {
        var fault = Assert.Single(Find(arguments));

        Assert.Equal((code, field), (fault.Code, fault.Field));
        Assert.Contains(field.Split('[', '.')[0], fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(fault.Fix);
    }

    [Fact]
    public void All_faults_come_at_once()
    {
        var faults = Find("""{"count":0,"kind":"c","wrong":1,"yes":1}""");

        Assert.Equal("count kind wrong yes to", string.Join(' ', faults.Select(f => f.Field)));
    }

    [Fact]
    public void A_made_up_name_comes_back_short_and_on_one_line()
    {
        var name = new string('x', 500) + "\\n";

        var fault = Assert.Single(Find($$"""{"to":"a","count":1,"{{name}}":1}"""));

        Assert.Equal(60, fault.Field.Length);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("Count", "Did you mean count?")]
    [InlineData("cuont", "Leave cuont out. Known are: to, count, size, yes, kind, name, ids, set, items.")]
    [InlineData("names", "Did you mean name?")]
    [InlineData("t", "Leave t out. Known are: to, count, size, yes, kind, name, ids, set, items.")]
    public void A_misspelt_name_is_recognised(string name, string fix) =>
        Assert.Equal(fix, Assert.Single(Find($$"""{"to":"a","count":1,"{{name}}":1}""")).Fix);

    [Fact]
    public void A_flood_of_faults_is_cut()
    {
        var many = string.Join(",", Enumerable.Range(0, 1_000).Select(i => $"\"x{i}\":1"));

        Assert.Equal(20, Find($$"""{"to":"a","count":1,{{many}}}""").Count);
    }

    private static IReadOnlyList<Violation> Find(string arguments) =>
        ArgumentCheck.Find(Schema, JsonElement.Parse(arguments).EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value)), Addresses);
}
