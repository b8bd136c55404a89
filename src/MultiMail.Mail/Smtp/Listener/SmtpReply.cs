using System.Globalization;
using System.Text;

namespace MultiMail.Mail;

/// <summary>One reply of one line: reply code, enhanced status code (RFC 2034, RFC 3463), text. Nothing in it is a client's.</summary>
internal sealed class SmtpReply
{
    private readonly byte[] _wire;

    /// <param name="status">Null for the replies that have none.</param>
    public SmtpReply(int code, string? status, string text)
    {
        Code = code;
        var line = status is null ? $"{code} {text}\r\n" : $"{code} {status} {text}\r\n";
        _wire = Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture));
    }

    public int Code { get; }

    public ReadOnlySpan<byte> Wire => _wire;

    public bool IsRefusal => Code >= 500;
}
