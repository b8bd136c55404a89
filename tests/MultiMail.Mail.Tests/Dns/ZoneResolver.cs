using MultiMail.Mail;

namespace MultiMail.Testing;

/// <summary>A domain name system in memory. It follows aliases as a real one does, counts what is asked, and can fall silent.</summary>
public sealed class ZoneResolver : IDnsResolver
{
    private const int MaxAliases = 10;

    private readonly List<string> _asked = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, List<(DnsType? Type, string? Value)>> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every query, <c>name TYPE</c>, in order.</summary>
    public IReadOnlyList<string> Asked => _asked;

    /// <summary>When set, every query waits for it; a check that gives up is then seen to give up.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <param name="zone">Lines of a name, a type (A, AAAA, MX, PTR, TXT, CNAME, TIMEOUT, or TIMEOUT-TXT and the like) and a value, blanks between; MX in order of preference.</param>
    public static ZoneResolver Of(string zone)
    {
        var resolver = new ZoneResolver();
        foreach (var line in zone.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            var silent = words[1].StartsWith("TIMEOUT", StringComparison.Ordinal);
            var type = words[1].Replace("TIMEOUT", string.Empty, StringComparison.Ordinal).TrimStart('-');
            resolver.Add(words[0], type.Length == 0 ? null : Type(type), silent ? null : words[2]);
        }

        return resolver;
    }

    public static DnsType Type(string name) => name switch
    {
        "A" => DnsType.Address4,
        "AAAA" => DnsType.Address6,
        "MX" => DnsType.MailExchange,
        "PTR" => DnsType.ReverseName,
        "TXT" => DnsType.Text,
        "CNAME" => DnsType.Alias,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no type of record"),
    };

    /// <param name="type">Null = any type: with a null value all that has no record is silent.</param>
    /// <param name="value">Null = no answer ever comes.</param>
    public ZoneResolver Add(string name, DnsType? type, string? value)
    {
        if (!_names.TryGetValue(name.TrimEnd('.'), out var list))
        {
            _names[name.TrimEnd('.')] = list = [];
        }

        list.Add((type, value));
        return this;
    }

    /// <summary>Ends when something was asked.</summary>
    public Task WaitForQuestionAsync() => _first.Task;

    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _asked.Add($"{name} {type}");
        _ = _first.TrySetResult();
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        return Answer(name, type);
    }

    private DnsAnswer Answer(string name, DnsType type)
    {
        if (name.Length > 253 || name.Split('.').Any(label => label.Length is 0 or > 63))
        {
            throw new InvalidOperationException($"This name should not have been asked for: {name}");
        }

        for (var i = 0; i < MaxAliases; i++)
        {
            if (!_names.TryGetValue(name, out var list))
            {
                return DnsAnswer.None(DnsOutcome.NoSuchName);
            }

            var records = list.Where(r => r.Type == type && r.Value is not null).Select(r => r.Value!.TrimEnd('.')).ToList();
            if (type is DnsType.Text)
            {
                records = [.. list.Where(r => r.Type == type && r.Value is not null).Select(r => r.Value!)];
            }

            if (records.Count > 0)
            {
                return DnsAnswer.Found(records);
            }

            if (list.Any(r => r.Value is null && (r.Type is null || r.Type == type)))
            {
                return DnsAnswer.None(DnsOutcome.TemporaryFailure);
            }

            if (list.Find(r => r.Type is DnsType.Alias).Value is not { } alias)
            {
                return DnsAnswer.None(DnsOutcome.NoData);
            }

            name = alias.TrimEnd('.');
        }

        return DnsAnswer.None(DnsOutcome.NoSuchName);
    }
}
