using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MultiMail.Testing;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace MultiMail.Mail.Tests.Dkim;

/// <summary>Signs as RFC 6376 says, on strings and without the product's code: what it makes may be as wrong as a test wants.</summary>
internal sealed class TestSigner
{
    private static readonly RSA Key = RSA.Create(2_048);

    public static string PublicKey { get; } = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    public RSA Rsa { get; init; } = Key;

    public string Algorithm { get; init; } = "rsa-sha256";

    public Ed25519PrivateKeyParameters? Ed25519 { get; init; }

    public string Form { get; init; } = "relaxed/relaxed";

    public string Domain { get; init; } = "example.test";

    public string Selector { get; init; } = "sel";

    public string Headers { get; init; } = "from:from:to:cc:cc:subject:subject:date:message-id:message-id";

    /// <summary>Further tags, each with its semicolon in front.</summary>
    public string More { get; init; } = string.Empty;

    public static ZoneResolver Zone(string? record = null) =>
        new ZoneResolver().Add("sel._domainkey.example.test", DnsType.Text, record ?? $"v=DKIM1; k=rsa; p={PublicKey}");

    /// <param name="message">With CRLF.</param>
    public string Sign(string message)
    {
        var (header, body) = (message[..(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)], message[(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        var forms = Form.Split('/');
        var relaxedBody = forms.Length > 1 && forms[1] == "relaxed";
        var bodyHash = Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(Body(body, relaxedBody))));
        var field = $"DKIM-Signature: v=1; a={Algorithm}; c={Form}; d={Domain}; s={Selector};\r\n\th={Headers}; bh={bodyHash}{More}; b=";
        var input = new StringBuilder();
        var fields = Regex.Matches(header, "[^\r\n]+(?:\r\n[ \t][^\r\n]*)*\r\n", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value).ToList();
        foreach (var name in Headers.Split(':'))
        {
            var at = fields.FindLastIndex(f => f.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
            if (at >= 0)
            {
                input.Append(Field(fields[at][..^2], forms[0] == "relaxed")).Append("\r\n");
                fields.RemoveAt(at);
            }
        }

        input.Append(Field(field, forms[0] == "relaxed"));
        return $"{field}{Convert.ToBase64String(Signature(Encoding.Latin1.GetBytes(input.ToString())))}\r\n{message}";
    }

    private byte[] Signature(byte[] input)
    {
        if (Ed25519 is null)
        {
            return Rsa.SignData(input, Algorithm.EndsWith("sha1", StringComparison.Ordinal) ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, Ed25519);
        signer.BlockUpdate(SHA256.HashData(input));
        return signer.GenerateSignature();
    }

    private static string Field(string field, bool relaxed)
    {
        if (!relaxed)
        {
            return field;
        }

        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var value = Blank(field[(colon + 1)..].Replace("\r\n", string.Empty, StringComparison.Ordinal)).Trim(' ');
        return $"{field[..colon].TrimEnd().ToLowerInvariant()}:{value}";
    }

    private static string Body(string body, bool relaxed)
    {
        if (relaxed)
        {
            body = string.Join("\r\n", body.Split("\r\n").Select(line => Blank(line).TrimEnd(' ')));
        }

        body = body.TrimEnd('\r', '\n');
        return body.Length > 0 || !relaxed ? body + "\r\n" : body;
    }

    private static string Blank(string text) => Regex.Replace(text, "[ \t]+", " ", RegexOptions.None, TimeSpan.FromSeconds(1));
}
