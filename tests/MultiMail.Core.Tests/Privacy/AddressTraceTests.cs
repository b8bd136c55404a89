using System.Text;
using MultiMail.Core.Privacy;
using MultiMail.Mail;

namespace MultiMail.Core.Tests.Privacy;

public sealed class AddressTraceTests
{
    private const string Ann = "ann@example.net";

    [Theory]
    [InlineData("Write to ann@example.net, please.")]
    [InlineData("ANN@Example.NET")]
    [InlineData("<ann@example.net>")]
    [InlineData("mailto:ann@example.net?subject=x")]
    [InlineData("_ann@example.net_ and **ann@example.net**")]
    [InlineData("I met ann@example.net.")]
    [InlineData("https://x.test/?to=ann%40example.net&x=1")]
    [InlineData("ann&#64;example.net")]
    [InlineData("{\"a\":\"ann\\u0040example.net\"}")]
    public void It_is_found_however_it_stands(string text) => Assert.True(Trace().IsIn(text));

    [Theory]
    [InlineData("joann@example.net")]
    [InlineData("jo.ann@example.net")]
    [InlineData("jo_ann@example.net")]
    [InlineData("ann@example.net.au")]
    [InlineData("ann@example.network")]
    [InlineData("ann@example.net-works.test")]
    [InlineData("ann+news@example.net")]
    [InlineData("ann at example.net")]
    [InlineData("")]
    public void Another_address_is_not_this_one(string text) => Assert.False(Trace().IsIn(text));

    [Fact]
    public void A_domain_is_known_by_both_its_names()
    {
        var trace = Trace("jo@bücher.example");
        Assert.Equal("jo@xn--bcher-kva.example", trace.Address);
        Assert.True(trace.IsIn("An Jo@BÜCHER.example geschickt"));
        Assert.True(trace.IsIn("jo@xn--bcher-kva.example"));
        Assert.True(trace.Is("JO@bücher.example"));
    }

    [Fact]
    public void Cut_out_it_leaves_the_rest_of_the_text()
    {
        Assert.Equal("Ask erased or joann@example.net; ERASED: erased.", Trace().Without("Ask Ann@example.net or joann@example.net; ERASED: ann@example.net."));
        Assert.Equal("erased", Trace().Without("See https://x.test/?to=ann%40example.net"));
    }

    public static TheoryData<string, byte[]> Encoded()
    {
        var data = new TheoryData<string, byte[]>
        {
            { "UTF-16LE", Encoding.Unicode.GetBytes("to ann@example.net now") },
            { "UTF-16BE, at an odd place", [(byte)'x', .. Encoding.BigEndianUnicode.GetBytes("to ann@example.net now")] },
            { "quoted-printable with a soft break", "so ann=40exam=\r\nple.net it is"u8.ToArray() },
            { "quoted-printable with blanks before the break", "so ann@exam= \t\r\nple.net it is"u8.ToArray() },
            { "Q word", "Subject: =?utf-8?Q?f=C3=BCr_ann=40example.net?=\r\n"u8.ToArray() },
            { "B word", Encoding.ASCII.GetBytes($"Subject: =?utf-8?B?{Convert.ToBase64String("für Ann@example.net"u8)}?=\r\n") },
            { "base64 under a word", Encoding.ASCII.GetBytes($"Content-Transfer-Encoding: base64\r\n\r\n{Lines("Dear all, ann@example.net asked.")}") },
            { "base64 of UTF-16", Encoding.ASCII.GetBytes(Lines(Encoding.Unicode.GetBytes("Dear all, ann@example.net asked."))) },
            { "base64 in base64", Encoding.ASCII.GetBytes(Lines(Encoding.ASCII.GetBytes(Lines("ask ann@example.net for it")))) },
            { "base64 for URLs, unpadded", Encoding.ASCII.GetBytes("https://x.test/" + Convert.ToBase64String("??>>ann@example.net"u8).Replace('+', '-').Replace('/', '_').TrimEnd('=')) },
            { "Latin-1", Encoding.Latin1.GetBytes("für ann@example.net") },
        };
        for (var start = 0; start < 4; start++)
        {
            data.Add($"base64 at {start}", Encoding.ASCII.GetBytes(Lines(new string('<', start) + "ann@example.net")));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void It_is_found_in_every_encoding(string how, byte[] bytes) => Assert.True(new EncodedSearch(Trace()).IsIn(bytes), how);

    [Fact]
    public void Other_bytes_hold_nothing()
    {
        var random = new Random(7);
        var bytes = new byte[200_000];
        random.NextBytes(bytes);
        var search = new EncodedSearch(Trace());
        Assert.False(search.IsIn(bytes));
        Assert.False(search.IsIn(Encoding.ASCII.GetBytes(Lines(bytes))));
        Assert.False(search.IsIn([]));
        Assert.False(search.IsIn("= =4 =\r =zz ==40 ann=4"u8.ToArray()));
    }

    [Fact]
    public void Leaf_indexes_are_drawn_together()
    {
        Assert.Equal(["1-3,5,7-8"], ErasingUnit.Ranges([5, 1, 2, 3, 3, 8, 7]));
        Assert.Equal([""], ErasingUnit.Ranges([]));
        var many = ErasingUnit.Ranges(Enumerable.Range(0, 20_000).Select(i => i * 2L));
        Assert.True(many.Count > 1);
        Assert.All(many, text => Assert.InRange(text.Length, 1, 50_020));
        Assert.Equal(20_000, many.Sum(text => text.Split(',').Length));
    }

    private static AddressTrace Trace(string address = Ann) =>
        MailboxAddress.TryParse(address, out var parsed, out _) ? new AddressTrace(parsed) : throw new ArgumentException("No address.", nameof(address));

    private static string Lines(string text) => Lines(Encoding.UTF8.GetBytes(text));

    private static string Lines(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
}
