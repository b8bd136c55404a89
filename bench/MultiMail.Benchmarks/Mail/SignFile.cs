using System.Security.Cryptography;
using System.Text;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary><c>sign KEY.pem SELECTOR DOMAIN IN OUT</c>: a DKIM signature in front of a message file, line ends made CRLF first.</summary>
internal static class SignFile
{
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var pem, var selector, var domain, var input, var output])
        {
            return false;
        }

        using var key = Key(await File.ReadAllTextAsync(pem).ConfigureAwait(false));
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(input).ConfigureAwait(false)).ReplaceLineEndings("\r\n");
        var message = Encoding.Latin1.GetBytes(text);
        var fields = DkimSigner.Sign(message, [new DkimIdentity(domain, selector, key)], TimeProvider.System.GetUtcNow());
        await File.WriteAllBytesAsync(output, FrozenForm.Prepend(message, fields)).ConfigureAwait(false);
        return true;
    }

    /// <summary>PKCS#8, or the older form of RSA keys that many tools write.</summary>
    private static DkimKey Key(string pem)
    {
        var found = PemEncoding.Find(pem);
        var bytes = Convert.FromBase64String(pem[found.Base64Data]);
        if (pem[found.Label] != "RSA PRIVATE KEY")
        {
            return DkimKey.Import(bytes);
        }

        using var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(bytes, out _);
        return DkimKey.Import(rsa.ExportPkcs8PrivateKey());
    }
}
