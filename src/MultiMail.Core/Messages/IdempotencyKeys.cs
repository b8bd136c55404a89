namespace MultiMail.Core.Messages;

/// <summary>The bounds of a caller's idempotency key: 1 to 128 printable ASCII characters.</summary>
internal static class IdempotencyKeys
{
    public static void Check(string? key, Faults faults)
    {
        if (key is not null && (key.Length is 0 or > 128 || !key.All(c => c is >= ' ' and <= '~')))
        {
            faults.Invalid("idempotency_key", "idempotency_key is not 1 to 128 printable ASCII characters.", "Use a fresh random text, such as a UUID, for each new message.");
        }
    }
}
