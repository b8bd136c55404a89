using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MultiMail.Mail;

/// <summary>The client's address as SPF compares and writes it.</summary>
internal static class SpfAddress
{
    /// <summary>Same family and the same leading bits.</summary>
    public static bool Matches(IPAddress client, IPAddress network, int prefix)
    {
        if (client.AddressFamily != network.AddressFamily)
        {
            return false;
        }

        Span<byte> one = stackalloc byte[16];
        Span<byte> other = stackalloc byte[16];
        _ = client.TryWriteBytes(one, out var length);
        _ = network.TryWriteBytes(other, out _);
        prefix = Math.Min(prefix, length * 8);
        var whole = prefix / 8;
        var mask = (byte)~(0xFF >> (prefix % 8));
        return one[..whole].SequenceEqual(other[..whole]) && (mask == 0 || ((one[whole] ^ other[whole]) & mask) == 0);
    }

    public static bool Matches(IPAddress client, string network, int prefix) => IPAddress.TryParse(network, out var address) && Matches(client, address, prefix);

    /// <summary>%{i}: dotted quad, or 32 dotted nibbles (RFC 7208 §7.3).</summary>
    public static string Dotted(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        var text = new StringBuilder(63);
        foreach (var nibble in Convert.ToHexString(address.GetAddressBytes()))
        {
            (text.Length == 0 ? text : text.Append('.')).Append(nibble);
        }

        return text.ToString();
    }

    /// <summary>%{c}: as people write it.</summary>
    public static string Readable(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork ? address.ToString() : new IPAddress(address.GetAddressBytes()).ToString();

    /// <summary>%{v}</summary>
    public static string Zone(IPAddress address) => address.AddressFamily is AddressFamily.InterNetwork ? "in-addr" : "ip6";

    public static string ReverseName(IPAddress address) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join('.', Dotted(address).Split('.').Reverse())}.{Zone(address)}.arpa");
}
