using System.Text;

namespace MultiMail.Mail;

/// <summary>Names that mail uses and the framework does not know, for MimeKit's encoded words as well as for our bodies.</summary>
internal sealed class CharsetProvider : EncodingProvider
{
    public override Encoding? GetEncoding(string name) => CharsetNames.Own(name);

    // gb2312 and gbk are written as if they were GB18030, their superset (WHATWG Encoding §4.2).
    public override Encoding? GetEncoding(int codepage) =>
        codepage == 936 ? CodePagesEncodingProvider.Instance.GetEncoding(CharsetNames.Gb18030) : CharsetNames.Own(codepage);
}
