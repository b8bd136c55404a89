using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MultiMail.Mail.Tests.Dns;

/// <summary>A name server on loopback that answers each question with the octets a test gives it, or not at all.</summary>
internal sealed class UdpServer : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

    /// <param name="answer">Name to RCODE and records as type and RDATA; null = silence.</param>
    public UdpServer(Func<string, (int Code, (int Type, byte[] Data)[] Records)?> answer) => _ = ServeAsync(answer);

    public IPEndPoint Address => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public int Questions { get; private set; }

    public static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    public static byte[] Text(params byte[][] strings) => [.. strings.SelectMany(s => (byte[])[(byte)s.Length, .. s])];

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync(Func<string, (int Code, (int Type, byte[] Data)[] Records)?> answer)
    {
        try
        {
            while (true)
            {
                var packet = await _socket.ReceiveAsync();
                Questions++;
                if (answer(Question(packet.Buffer, out var end)) is { } found)
                {
                    await _socket.SendAsync(Reply(packet.Buffer, end, found.Code, found.Records), packet.RemoteEndPoint);
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // the test is over
        }
    }

    private static string Question(byte[] packet, out int end)
    {
        var labels = new List<string>();
        end = 12;
        while (packet[end] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(packet, end + 1, packet[end]));
            end += packet[end] + 1;
        }

        end += 5;
        return string.Join('.', labels);
    }

    private static byte[] Reply(byte[] question, int end, int code, (int Type, byte[] Data)[] records)
    {
        var header = question[..end];
        (header[2], header[3]) = (0x81, (byte)(0x80 | code));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)records.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), 0);
        return [.. header, .. records.SelectMany(r => (byte[])[0xC0, 12, 0, (byte)r.Type, 0, 1, 0, 0, 0, 60, (byte)(r.Data.Length >> 8), (byte)r.Data.Length, .. r.Data])];
    }
}
