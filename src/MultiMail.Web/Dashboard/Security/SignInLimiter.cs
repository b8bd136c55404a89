namespace MultiMail.Web.Dashboard.Security;

/// <summary>Fixed windows over sign-in attempts, per address of the network and per e-mail address typed in.</summary>
internal sealed class SignInLimiter(TimeProvider clock)
{
    public const int PerEmail = 10;
    public const int PerAddress = 30;

    // Beyond this many different names in one window everybody waits: memory stays bounded under a flood.
    private const int MostNames = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();

    // Both guarded by _gate.
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private DateTimeOffset _windowEnds;

    /// <summary>Counts one attempt. Null: go on; otherwise how long to wait.</summary>
    public TimeSpan? Attempt(string? address, string? email)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now >= _windowEnds)
            {
                _attempts.Clear();
                _windowEnds = now + Window;
            }

            // Both are counted even when the first is over: the one must not hide attempts on the other.
            var byAddress = Count($"a:{address}") > PerAddress;
            var byEmail = email is not null && Count($"e:{Normal(email)}") > PerEmail;
            return byAddress || byEmail ? _windowEnds - now : null;
        }
    }

    private static string Normal(string email)
    {
        var trimmed = email.Trim().ToLowerInvariant();
        return trimmed.Length <= 320 ? trimmed : trimmed[..320];
    }

    private int Count(string name)
    {
        if (!_attempts.TryGetValue(name, out var seen) && _attempts.Count >= MostNames)
        {
            return int.MaxValue;
        }

        return _attempts[name] = seen + 1;
    }
}
