using System.Security.Cryptography;

namespace MultiMail.Core.Ids;

/// <summary>
/// Makes 63-bit keys: Unix milliseconds in the high 43 bits, 20 bits that start at random in each millisecond and count up.
/// Monotonic within a process; two processes may meet, then the store reports a conflict and the unit is composed anew.
/// </summary>
public sealed class IdSource(TimeProvider clock)
{
    private const int CounterBits = 20;
    private const long CounterMask = (1L << CounterBits) - 1;
    private readonly Lock _gate = new();
    private long _last; // guarded by _gate

    public T Next<T>()
        where T : struct, IEntityId<T> => T.From(NextValue());

    private long NextValue()
    {
        var millisecond = clock.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits;

        // Half the counter's room is left above the random start, so that a burst in one millisecond keeps its order.
        var start = millisecond | (long)RandomNumberGenerator.GetInt32(1 << (CounterBits - 1));
        lock (_gate)
        {
            _last = millisecond > (_last & ~CounterMask) ? start : _last + 1;
            return _last;
        }
    }
}
