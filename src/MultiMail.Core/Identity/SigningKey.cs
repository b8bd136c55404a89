namespace MultiMail.Core.Identity;

/// <summary>What a signing key is for.</summary>
public enum SigningKeyUse
{
    /// <summary>ES256, signs <c>X-MultiMail-Identity</c>; one at a time for the whole account.</summary>
    Identity,

    /// <summary>Signs DKIM for one domain.</summary>
    Dkim,
}

public enum SigningKeyState
{
    /// <summary>Published, not used yet.</summary>
    Next,

    /// <summary>Signs.</summary>
    Active,

    /// <summary>Signs no more; what it signed stays good.</summary>
    Retired,

    /// <summary>Not to be trusted, and its private part is erased.</summary>
    Revoked,
}

/// <summary>A private key of the account, sealed, with what the outside may know of it.</summary>
/// <param name="Domain">The signing domain; empty for an identity key.</param>
/// <param name="Name">Identity: the key id, its RFC 7638 thumbprint. DKIM: the selector.</param>
/// <param name="Algorithm"><c>ES256</c>, <c>rsa-sha256</c> or <c>ed25519-sha256</c>.</param>
/// <param name="PublicText">Identity: the coordinates x and y in base64url with a dot between. DKIM: the text of the TXT record.</param>
/// <param name="Sealed">PKCS#8, sealed with the master key; empty once revoked.</param>
/// <param name="NotBefore">When it begins to sign.</param>
/// <param name="NotAfter">When it stops, because another takes over; null = nobody is to take over.</param>
public sealed record SigningKey(
    AccountId Account,
    SigningKeyUse Use,
    string Domain,
    string Name,
    string Algorithm,
    string PublicText,
    byte[] Sealed,
    DateTimeOffset CreatedAt,
    DateTimeOffset NotBefore,
    DateTimeOffset? NotAfter,
    DateTimeOffset? RevokedAt,
    string? Reason)
{
    public SigningKeyState StateAt(DateTimeOffset now)
    {
        if (RevokedAt is not null)
        {
            return SigningKeyState.Revoked;
        }

        if (now < NotBefore)
        {
            return SigningKeyState.Next;
        }

        return NotAfter <= now ? SigningKeyState.Retired : SigningKeyState.Active;
    }
}
