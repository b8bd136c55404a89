using System.Text;

namespace MultiMail.Mail.Tests.Smtp;

/// <summary>Messages in frozen form that a mail library likes to tidy up.</summary>
internal static class OddMessages
{
    private static readonly string[] Headers =
    [
        "Subject: plain\r\n",
        "subject:no blank\r\nX-Empty:\r\nX-Blank: \r\n",
        "Subject: =?utf-8?q?f=C3=BC?=\r\n =?utf-8?q?r?=\r\nTo: \"B, o\" <bo@example.org>,\r\n\tcy@example.org\r\n",
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n",
        "Content-Type: text/plain; charset=\"unknown-8bit\"\r\nContent-Transfer-Encoding: base64\r\n",
        "X-Long: " + new string('x', 900) + "\r\nBcc: hidden@example.org\r\nDate: yesterday\r\nMessage-ID: broken\r\n",
        "DKIM-Signature: v=1; a=rsa-sha256; b=\r\n  AAAA\r\n\tBBBB=\r\nReceived: a\r\nReceived: b\r\n",
        "Subject: one\r\nSubject: two\r\nFrom: a@b@c\r\nContent-Type: nonsense\r\n",
    ];

    private static readonly string[] Bodies =
    [
        "\r\n",
        "\r\n\r\n",
        "\r\n.\r\n..\r\n...dots\r\n.\r\n",
        "\r\nFrom the start\r\ntrailing blanks  \r\n\t\r\n\r\n\r\n",
        "\r\n--b\r\n\r\none\r\n--b--\r\nepilogue\r\n",
        "\r\n--b\r\nContent-Type: text/plain\r\n\r\nnever closed\r\n",
        "\r\nSGVsbG8\r\n=\r\n=3D=\r\n",
        "\r\n" + new string('y', 998) + "\r\n\u0001\u007f\t\r\n",
    ];

    public static IReadOnlyList<byte[]> Make(int count)
    {
        var random = new Random(20261124);
        return [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes(Headers[i % Headers.Length] + Bodies[i / Headers.Length % Bodies.Length] + Tail(random, i)))];
    }

    // From the 65th on, longer ones, so that dots and line ends fall on every border of a buffer.
    private static string Tail(Random random, int index)
    {
        var tail = new StringBuilder();
        for (var left = index < 64 ? 0 : random.Next(100_000); left > 0; left -= 3)
        {
            tail.Append(random.Next(4) switch { 0 => "\r\n", 1 => ".", 2 => "\r\n.", _ => "ab" });
        }

        return tail.Length == 0 ? string.Empty : tail.Append("\r\n").ToString();
    }
}
