using System.Buffers;
using System.Text;

namespace MultiMail.Mail;

/// <summary>What a receiving server writes on top of a message (RFC 5321 §4.4), and what it must not let pass (RFC 8601 §5).</summary>
public static class TraceFields
{
    private const int MaxHops = 100; // RFC 5321 §6.3

    /// <summary>
    /// Return-Path and Received in front of the message; without the Return-Path fields it came with and without any
    /// Authentication-Results that claims to be <paramref name="serverName"/>'s. What stands before the first field, and could be
    /// taken for more of ours, is set off by a blank line.
    /// </summary>
    /// <param name="serverName">Our host name, the authserv-id as well.</param>
    /// <param name="id">Under which we and the sender's log know this mail: letters and digits.</param>
    public static byte[] Prepend(InboundEnvelope envelope, string serverName, string id, DateTimeOffset receivedAt, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var trace = Encoding.ASCII.GetBytes(Text(envelope, serverName, id, receivedAt));
        var result = new ArrayBufferWriter<byte>(trace.Length + message.Length + 2);
        result.Write(trace);
        var fields = new HeaderFields(message);
        if (!fields.StartsWithField)
        {
            result.Write("\r\n"u8);
            result.Write(message);
            return result.WrittenSpan.ToArray();
        }

        var kept = 0;
        while (fields.Next(out var start, out var end))
        {
            if (IsForeign(message[start..end], serverName))
            {
                result.Write(message[kept..start]);
                kept = end;
            }
        }

        result.Write(message[kept..]);
        return result.WrittenSpan.ToArray();
    }

    /// <summary>More Received fields than a mail gathers on its way anywhere.</summary>
    internal static bool IsLoop(ReadOnlySpan<byte> message)
    {
        var hops = 0;
        var fields = new HeaderFields(message);
        while (fields.Next(out var start, out var end))
        {
            hops += HeaderFields.IsNamed(message[start..end], "received"u8) ? 1 : 0;
        }

        return hops > MaxHops;
    }

    private static string Text(InboundEnvelope envelope, string serverName, string id, DateTimeOffset receivedAt)
    {
        var client = envelope.Client.IsIPv4MappedToIPv6 ? envelope.Client.MapToIPv4() : envelope.Client;
        var literal = client.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"IPv6:{client}" : client.ToString();

        // RFC 5321 §7.6: several recipients are not told of one another.
        var recipient = envelope.Recipients.Count == 1 ? $"\r\n\tfor <{envelope.Recipients[0]}>" : string.Empty;
        var date = DateTimeField.Format(receivedAt);
        return $"Return-Path: <{envelope.ReturnPath}>\r\n"
            + $"Received: from {envelope.Helo} ([{literal}])\r\n"
            + $"\tby {serverName} with {(envelope.Tls ? "ESMTPS" : "ESMTP")} id {id}{recipient};\r\n"
            + $"\t{date}\r\n";
    }

    private static bool IsForeign(ReadOnlySpan<byte> field, string serverName) =>
        HeaderFields.IsNamed(field, "return-path"u8)
        || (HeaderFields.IsNamed(field, "authentication-results"u8) && AuthservId.Is(field[(field.IndexOf((byte)':') + 1)..], serverName));
}
