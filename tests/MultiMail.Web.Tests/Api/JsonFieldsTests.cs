using System.Text;
using MultiMail.Core.Errors;
using MultiMail.Web.Api;

namespace MultiMail.Web.Tests.Api;

public sealed class JsonFieldsTests
{
    [Fact]
    public void Every_fault_of_form_is_reported_at_once()
    {
        var fields = Read("""{"from":7,"to":[1,"a@example.org"],"flag":"yes","count":1.5,"tags":{"a":1},"files":[{"name":1,"odd":0},3],"zzz":1,"yyy":2}""");
        fields.Text("from");
        fields.Addresses("to");
        fields.Flag("flag");
        fields.Integer("count");
        fields.Map("tags");
        fields.Objects("files", f => f.Text("name"));

        var refusal = Assert.Throws<RefusalException>(fields.Complete);

        Assert.Equal(
            [
                ("from", "invalid_parameter"), ("to[0]", "invalid_parameter"), ("flag", "invalid_parameter"), ("count", "invalid_parameter"),
                ("tags.a", "invalid_parameter"), ("files[0].name", "invalid_parameter"), ("files[0].odd", "unknown_parameter"),
                ("files[1]", "invalid_parameter"), ("zzz", "unknown_parameter"), ("yyy", "unknown_parameter"),
            ],
            refusal.Violations.Select(v => (v.Field, v.Code)));
        Assert.All(refusal.Violations, v => Assert.NotEmpty(v.Fix));
        Assert.Contains("from, to, flag, count, tags, files", refusal.Violations[^1].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_values_are_read()
    {
        var fields = Read("""{"a":"x","b":true,"c":-3,"one":"p","many":["p","q"],"m":{"k":"v"},"o":[{"n":"1"}],"nothing":null}""");

        Assert.Equal("x", fields.Text("a"));
        Assert.True(fields.Flag("b"));
        Assert.Equal(-3, fields.Integer("c"));
        Assert.Equal(["p"], fields.Addresses("one"));
        Assert.Equal(["p", "q"], fields.Addresses("many"));
        Assert.Equal("v", fields.Map("m")["k"]);
        Assert.Equal(["1"], fields.Objects("o", f => f.Text("n")));
        Assert.Null(fields.Text("nothing"));
        Assert.Null(fields.Text("absent"));
        fields.Complete();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1} // no comments")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":[[[[[[[[[[1]]]]]]]]]]}")]
    public void What_is_not_one_strict_object_is_malformed(string text)
    {
        var refusal = Assert.Throws<RefusalException>(() => JsonBody.Parse(Encoding.UTF8.GetBytes(text)));

        Assert.Equal("malformed_json", refusal.Code);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_malformed()
    {
        var refusal = Assert.Throws<RefusalException>(() => JsonBody.Parse("{\"a\":\"\xFF\"}"u8.ToArray().Select(b => b == 0xC3 ? (byte)0xFF : b).ToArray()));

        Assert.Equal("malformed_json", refusal.Code);
    }

    [Fact]
    public void Half_a_character_is_a_fault_of_its_field_not_of_ours()
    {
        var fields = Read("""{"a":"\ud800"}""");
        fields.Text("a");

        Assert.Equal("a", Assert.Single(Assert.Throws<RefusalException>(fields.Complete).Violations).Field);
    }

    [Fact]
    public void A_name_of_half_a_character_is_malformed()
    {
        var refusal = Assert.Throws<RefusalException>(() => Read("""{"\ud800":1}"""));

        Assert.Equal("malformed_json", refusal.Code);
    }

    [Fact]
    public void A_hostile_name_comes_back_short_and_harmless()
    {
        var fields = Read($$"""{"\u001b[31m\u202e{{new string('x', 5000)}}":1}""");

        var field = Assert.Single(Assert.Throws<RefusalException>(fields.Complete).Violations).Field;

        Assert.Equal(64, field.Length);
        Assert.DoesNotContain('\u001b', field);
    }

    private static JsonFields Read(string json) => JsonFields.Of(JsonBody.Parse(Encoding.UTF8.GetBytes(json)));
}
