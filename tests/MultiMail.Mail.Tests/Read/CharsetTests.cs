using System.Text;

namespace MultiMail.Mail.Tests.Read;

public sealed class CharsetTests
{
    [Theory]
    [InlineData("utf-8", "47 72 C3 BC", "Grü")]
    [InlineData("uft-8", "47 72 C3 BC", "Grü")]
    [InlineData("iso-8859-1", "47 72 FC", "Grü")]
    [InlineData("iso-8859-1", "47 72 C3 BC", "Grü")]
    [InlineData("us-ascii", "47 72 C3 BC", "Grü")]
    [InlineData("ansi-x3.4-1968", "47 72 FC", "Grü")]
    [InlineData("windows-1252", "93 47 94", "“G”")]
    [InlineData("windows1252", "93 47 94", "“G”")]
    [InlineData("", "93 47 94", "“G”")]
    [InlineData("nonsense", "93 47 94", "“G”")]
    [InlineData("nonsense", "47 72 C3 BC", "Grü")]
    [InlineData("a-name-that-is-longer-than-forty-characters-in-all", "47 72 FC", "Grü")]
    [InlineData("utf-8", "47 FC 47", "G\uFFFDG")]
    [InlineData("koi8-r", "F0 D2 C9", "При")]
    [InlineData("windows-1251", "CF F0 E8", "При")]
    [InlineData("gb2312", "C4 E3 81 30 81 30", "你\u0080")]
    [InlineData("gbk", "C4 E3", "你")]
    [InlineData("x-gbk", "C4 E3", "你")]
    [InlineData("big5", "A7 41", "你")]
    [InlineData("shift_jis", "82 A0", "あ")]
    [InlineData("windows-31j", "87 40", "①")]
    [InlineData("ms932", "82 A0", "あ")]
    [InlineData("euc-jp", "A4 A2", "あ")]
    [InlineData("eucjp", "A4 A2", "あ")]
    [InlineData("iso-2022-jp", "1B 24 42 24 22 1B 28 42", "あ")]
    [InlineData("iso-2022-jp-ms", "1B 24 42 24 22 1B 28 42", "あ")]
    [InlineData("euc-kr", "B0 A1", "가")]
    [InlineData("uhc", "B0 A1", "가")]
    [InlineData("iso-8859-10", "A2 E6", "Ēæ")]
    [InlineData("iso-8859-14", "D0 F0", "Ŵŵ")]
    [InlineData("iso-8859-16", "A4 AA", "€Ș")]
    [InlineData("utf-16", "00 48 00 69", "Hi")]
    [InlineData("utf-16", "FE FF 00 48 00 69", "Hi")]
    [InlineData("utf-16", "FF FE 48 00 69 00", "Hi")]
    [InlineData("utf-16le", "48 00 69 00", "Hi")]
    [InlineData("utf-16be", "00 48 00 69", "Hi")]
    [InlineData("utf-7", "48 69 20 2B 41 4F 51 2D 21 2B 2D", "Hi ä!+")]
    [InlineData("unicode-1-1-utf-7", "2B 32 44 33 65 67 41 2D", "\U0001F680")]
    [InlineData("utf-8", "EF BB BF 48 69", "Hi")]
    public void Body_is_read_in_its_character_set(string charset, string hex, string expected)
    {
        var body = Convert.ToBase64String(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)));
        Assert.Equal(expected, Mail.Read($"Content-Type: text/plain; charset=\"{charset}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}").TextBody);
    }

    [Theory]
    [InlineData("=?big5?b?p0E=?=", "你")]
    [InlineData("=?gb2312?b?xOM=?=", "你")]
    [InlineData("=?shift_jis?b?gqA=?=", "あ")]
    [InlineData("=?euc-kr?b?sKE=?=", "가")]
    [InlineData("=?iso-2022-jp?b?GyRCJCIbKEI=?=", "あ")]
    [InlineData("=?windows-31j?b?h0A=?=", "①")]
    [InlineData("=?iso-8859-16?q?=A4?=", "€")]
    [InlineData("=?uft-8?q?Gr=C3=BC?=", "Grü")]
    public void Encoded_words_know_the_same_sets(string subject, string expected) => Assert.Equal(expected, Mail.Read($"Subject: {subject}\r\n\r\nx").Subject);

    [Fact]
    public void Html_may_name_its_own()
    {
        var html = Encoding.Latin1.GetBytes("Content-Type: text/html\r\n\r\n<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>").Concat(new byte[] { 0xCF, 0xF0, 0xE8 });
        Assert.Equal("При", MessageReader.Read(html.ToArray()).TextBody);
    }

    [Fact]
    public void Registering_again_changes_nothing()
    {
        MailStartup.Register();
        MailStartup.Register();
        Assert.Equal("GB18030", Encoding.GetEncoding("gb2312").WebName, ignoreCase: true);
    }

    [Theory]
    [InlineData("=?utf-7?q?Gr+APwA3w-e?=", "Grüße")]
    [InlineData("=?unicode-1-1-utf-7?b?R3IrQVB3QTN3LWU=?=", "Grüße")]
    [InlineData("=?UTF-7?Q?a=5Fb_?= =?utf-7?q?+A?=", "a_b")]
    [InlineData("=?utf-7?q?Gr+APwA3w-e?= and =?utf-8?q?=C3=BC?=", "Grüße and ü")]
    [InlineData("x-7? =?utf-7?z?a?= =?utf-7?q?b", "x-7? =?utf-7?z?a?= =?utf-7?q?b")]
    public void Utf_7_is_read_in_the_header(string word, string expected) => Assert.Equal(expected, Mail.Read($"Subject: {word}\r\n\r\nx").Subject);
}
