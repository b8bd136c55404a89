using System.Globalization;

namespace MultiMail.Web.Api;

/// <summary>Query parameters under the same rules as <see cref="JsonFields"/>: by name, once each, every fault kept.</summary>
internal sealed class QueryFields(IQueryCollection query)
{
    private readonly List<string> _known = [];
    private readonly Faults _faults = new();

    public string? Text(string name)
    {
        _known.Add(name);
        var values = query[name];
        if (values.Count > 1)
        {
            _faults.Invalid(name, $"{name} is given {values.Count} times.", $"Give {name} once.");
        }

        return values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
    }

    /// <summary>May be repeated.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        _known.Add(name);
        return [.. query[name].Where(v => !string.IsNullOrEmpty(v)).Select(v => v!)];
    }

    public int? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        _faults.Invalid(name, $"{name} is not a whole number.", $"Write {name} in digits.");
        return null;
    }

    public bool? Flag(string name)
    {
        switch (Text(name))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                _faults.Invalid(name, $"{name} is not true or false.", $"Write {name}=true or {name}=false.");
                return null;
        }
    }

    /// <exception cref="RefusalException">When anything was wrong: every fault, unknown parameters included.</exception>
    public void Complete()
    {
        foreach (var name in query.Keys.Except(_known, StringComparer.OrdinalIgnoreCase))
        {
            var shown = EchoedName.Of(name);
            _faults.Add(
                ErrorCodes.UnknownParameter, shown, $"There is no query parameter {shown}.",
                _known.Count == 0 ? "Send no query." : $"Remove it. Known here: {string.Join(", ", _known)}.");
        }

        _faults.ThrowIfAny();
    }
}
