using System.Collections.Frozen;
using System.Text;

namespace MultiMail.Mail;

internal static class CharsetNames
{
    public const int Gb18030 = 54936;
    private const int LongestName = 40;

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["uft-8"] = "utf-8",
        ["utf8"] = "utf-8",
        ["utf-8n"] = "utf-8",
        ["unicode-1-1-utf-8"] = "utf-8",
        ["ansi-x3.4-1968"] = "us-ascii",
        ["ansi_x3.4-1968"] = "us-ascii",
        ["646"] = "us-ascii",
        ["windows-31j"] = "shift_jis",
        ["ms932"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["eucjp"] = "euc-jp",
        ["x-gbk"] = "gb18030",
        ["gbk"] = "gb18030",
        ["gb2312"] = "gb18030",
        ["gb_2312-80"] = "gb18030",
        ["cp936"] = "gb18030",
        ["uhc"] = "ks_c_5601-1987",
        ["cp949"] = "ks_c_5601-1987",
        ["windows-949"] = "ks_c_5601-1987",
        ["euckr"] = "euc-kr",
        ["windows1252"] = "windows-1252",
        ["windows1251"] = "windows-1251",
        ["windows1250"] = "windows-1250",
        ["cp1252"] = "windows-1252",
        ["cp-1252"] = "windows-1252",
        ["cp1251"] = "windows-1251",
        ["cp1250"] = "windows-1250",
        ["cp-850"] = "ibm850",
        ["iso-2022-jp-1"] = "iso-2022-jp",
        ["iso-2022-jp-2"] = "iso-2022-jp",
        ["iso-2022-jp-ms"] = "iso-2022-jp",
        ["iso-8859-8-i"] = "iso-8859-8",
        ["iso-8859-8-e"] = "iso-8859-8",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Encoding> Tables = new Dictionary<string, Encoding>(StringComparer.OrdinalIgnoreCase)
    {
        ["iso-8859-10"] = new TableEncoding(28600, "iso-8859-10",
            "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ"),
        ["iso-8859-14"] = new TableEncoding(28604, "iso-8859-14",
            "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ"),
        ["iso-8859-16"] = new TableEncoding(28606, "iso-8859-16",
            "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ"),
        ["utf-7"] = new Utf7Reading(),
        ["unicode-1-1-utf-7"] = new Utf7Reading(),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ours by number, which is how MimeKit asks for them. UTF-7 stays unknown there: only bodies are read in it.</summary>
    public static Encoding? Own(int codePage) => Tables.Values.FirstOrDefault(table => table.CodePage == codePage && codePage != Utf7Reading.Number);

    /// <summary>What the framework lacks or reads otherwise; null for names it knows as well as for unknown ones.</summary>
    public static Encoding? Own(string name)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        if (Tables.TryGetValue(name, out var table))
        {
            return table;
        }

        return Aliases.TryGetValue(name, out var known) ? Framework(known) : null;
    }

    /// <summary>The encoding of that name; null for one that nobody knows. Long names are not even asked for.</summary>
    public static Encoding? Find(string? name)
    {
        var clean = name?.Trim(' ', '"', '\'', '\t') ?? string.Empty;
        return clean.Length is 0 or > LongestName ? null : Own(clean) ?? Framework(clean);
    }

    private static Encoding? Framework(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
