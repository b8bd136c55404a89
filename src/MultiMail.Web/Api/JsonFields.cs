using System.Text.Json;

namespace MultiMail.Web.Api;

/// <summary>
/// Reads one object's members by name and keeps every fault: a wrong type, a member nobody asked for. A route reads all it
/// knows and calls <see cref="Complete"/>, so that a caller learns of all faults of form at once.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _unread = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly string _path;

    private JsonFields(Faults faults, string path)
    {
        Faults = faults;
        _path = path;
    }

    public Faults Faults { get; }

    public static JsonFields None() => new(new Faults(), string.Empty);

    public static JsonFields Of(JsonElement root) => Over(root, new Faults(), string.Empty);

    public string? Text(string name) => Take(name) is { } value ? TextOf(value, name) : null;

    public bool? Flag(string name) => Take(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Wrong<bool?>(name, "true or false"),
    };

    public int? Integer(string name) => Take(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        _ => Wrong<int?>(name, "a whole number"),
    };

    /// <summary>A string, or an array of strings.</summary>
    public IReadOnlyList<string> Addresses(string name) => Take(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } one => TextOf(one, name) is { } text ? [text] : [],
        { ValueKind: JsonValueKind.Array } many => TextsOf(many, name),
        _ => Wrong<IReadOnlyList<string>>(name, "a string or an array of strings") ?? [],
    };

    /// <summary>The same; null when the member is not there, so that an empty list can take something away.</summary>
    public IReadOnlyList<string>? AddressesOrNull(string name) => IsGiven(name) ? Addresses(name) : Skip<IReadOnlyList<string>>(name);

    public IReadOnlyList<T>? ObjectsOrNull<T>(string name, Func<JsonFields, T> read) => IsGiven(name) ? Objects(name, read) : Skip<IReadOnlyList<T>>(name);

    public IReadOnlyList<string> Texts(string name) => Take(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } many => TextsOf(many, name),
        _ => Wrong<IReadOnlyList<string>>(name, "an array of strings") ?? [],
    };

    /// <summary>An object whose members are all strings.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Take(name) is not { } value)
        {
            return map;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong<string>(name, "an object of strings");
            return map;
        }

        foreach (var (key, member) in Members(value, Field(name)))
        {
            if (TextOf(member, $"{name}.{EchoedName.Of(key)}") is { } text)
            {
                map[key] = text;
            }
        }

        return map;
    }

    /// <summary>An object whose members are strings or numbers; a number is its text.</summary>
    public IReadOnlyDictionary<string, string>? Values(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return Wrong<Dictionary<string, string>>(name, "an object of strings and numbers");
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, member) in Members(value, Field(name)))
        {
            var text = member.ValueKind is JsonValueKind.Number ? member.GetRawText() : TextOf(member, $"{name}.{EchoedName.Of(key)}");
            if (text is not null)
            {
                map[key] = text;
            }
        }

        return map;
    }

    /// <summary>One object, read whole.</summary>
    public T? Object<T>(string name, Func<JsonFields, T> read)
        where T : class
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return Wrong<T>(name, "an object");
        }

        var fields = Over(value, Faults, Field(name));
        var result = read(fields);
        fields.AddUnknown();
        return result;
    }

    /// <summary>Null when it is not there: an empty list is something else.</summary>
    public IReadOnlyList<string>? OptionalTexts(string name)
    {
        var isThere = _unread.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;
        var texts = Texts(name);
        return isThere ? texts : null;
    }

    /// <summary>An array of objects, each read whole.</summary>
    public IReadOnlyList<T> Objects<T>(string name, Func<JsonFields, T> read)
    {
        var all = new List<T>();
        if (Take(name) is not { } value)
        {
            return all;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong<string>(name, "an array of objects");
            return all;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var path = $"{name}[{index++}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                Wrong<string>(path, "an object");
                continue;
            }

            var fields = Over(item, Faults, Field(path));
            all.Add(read(fields));
            fields.AddUnknown();
        }

        return all;
    }

    /// <exception cref="RefusalException">When anything was wrong: every fault so far, unknown members included.</exception>
    public void Complete()
    {
        AddUnknown();
        Faults.ThrowIfAny();
    }

    private static JsonFields Over(JsonElement value, Faults faults, string path)
    {
        var fields = new JsonFields(faults, path);
        foreach (var (key, member) in Members(value, path))
        {
            fields._unread[key] = member;
        }

        return fields;
    }

    private static IEnumerable<(string Key, JsonElement Value)> Members(JsonElement value, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            yield return (NameOf(member, path), member.Value);
        }
    }

    private static string NameOf(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new RefusalException(ErrorCodes.MalformedJson, path.Length == 0 ? "A member's name is not text." : $"A member's name in {path} is not text.");
        }
    }

    private string Field(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private bool IsGiven(string name) => _unread.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private T? Skip<T>(string name)
        where T : class
    {
        Take(name);
        return null;
    }

    private JsonElement? Take(string name)
    {
        _known.Add(name);
        return _unread.Remove(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private List<string> TextsOf(JsonElement array, string name)
    {
        var texts = new List<string>();
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (TextOf(item, $"{name}[{index++}]") is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private string? TextOf(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong<string>(name, "a string");
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return Wrong<string>(name, "text: an escape in it is half of a character");
        }
    }

    private T? Wrong<T>(string name, string expected)
    {
        Faults.Invalid(Field(name), $"{Field(name)} is not {expected}.", $"Send {Field(name)} as {expected}.");
        return default;
    }

    private void AddUnknown()
    {
        foreach (var name in _unread.Keys)
        {
            var field = Field(EchoedName.Of(name));
            Faults.Add(
                ErrorCodes.UnknownParameter, field, $"There is no field {field}.",
                _known.Count == 0 ? "Send no fields." : $"Remove it. Known here: {string.Join(", ", _known)}.");
        }

        _unread.Clear();
    }
}
