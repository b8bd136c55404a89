using System.Text;
using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Notices;

/// <summary>A notice as mail: plain text, 7-bit.</summary>
internal static class NoticeMail
{
    private const int MaxLine = 900; // RFC 5322 §2.1.1: below 998

    /// <param name="id">The same for every try: whoever gets it twice can tell.</param>
    public static byte[] Write(NoticeContent content, string id, NoticeWay way, string to, string publicUrl, DateTimeOffset now)
    {
        var text = new StringBuilder()
            .Append("From: MultiMail <").Append(Ascii(way.From)).Append(">\r\n");
        if (to.All(char.IsAscii))
        {
            text.Append("To: ").Append(to).Append("\r\n");
        }

        text.Append("Subject: ").Append(Ascii(content.Subject)).Append("\r\n")
            .Append("Date: ").Append(DateTimeField.Format(now)).Append("\r\n")
            .Append("Message-ID: <").Append(id).Append('@').Append(Ascii(AddrSpecs.DomainOf(way.From))).Append(">\r\n")
            .Append("Auto-Submitted: auto-generated\r\n") // RFC 3834 §5.2
            .Append("MIME-Version: 1.0\r\n")
            .Append("Content-Type: text/plain; charset=us-ascii\r\n")
            .Append("Content-Transfer-Encoding: 7bit\r\n\r\n");
        string[] end = ["", $"Sign in to see and decide: {publicUrl}/", "", "-- ", "Written by MultiMail itself, to the address that a person set for it. Nobody reads answers."];
        foreach (var line in content.Lines.Concat(end))
        {
            text.Append(Ascii(line)).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string Ascii(string text) => AsciiLine.Of(text, MaxLine);
}
