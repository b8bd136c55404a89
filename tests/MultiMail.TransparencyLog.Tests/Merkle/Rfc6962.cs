using System.Security.Cryptography;

namespace MultiMail.TransparencyLog.Tests;

/// <summary>RFC 6962 §2.1 as it is written, recursive and slow, sharing no code with the library: the judge of it.</summary>
internal static class Rfc6962
{
    public static byte[] Mth(ReadOnlySpan<byte[]> d)
    {
        if (d.Length == 0)
        {
            return SHA256.HashData([]);
        }

        if (d.Length == 1)
        {
            return SHA256.HashData([0, .. d[0]]);
        }

        var k = Split(d.Length);
        return SHA256.HashData([1, .. Mth(d[..k]), .. Mth(d[k..])]);
    }

    public static byte[][] Path(int m, ReadOnlySpan<byte[]> d)
    {
        if (d.Length == 1)
        {
            return [];
        }

        var k = Split(d.Length);
        return m < k ? [.. Path(m, d[..k]), Mth(d[k..])] : [.. Path(m - k, d[k..]), Mth(d[..k])];
    }

    public static byte[][] Proof(int m, ReadOnlySpan<byte[]> d) => SubProof(m, d, whole: true);

    private static byte[][] SubProof(int m, ReadOnlySpan<byte[]> d, bool whole)
    {
        if (m == d.Length)
        {
            return whole ? [] : [Mth(d)];
        }

        var k = Split(d.Length);
        return m <= k
            ? [.. SubProof(m, d[..k], whole), Mth(d[k..])]
            : [.. SubProof(m - k, d[k..], whole: false), Mth(d[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
