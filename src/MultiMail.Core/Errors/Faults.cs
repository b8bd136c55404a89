namespace MultiMail.Core.Errors;

/// <summary>Gathers everything that is wrong with one request, so that the caller learns it at once.</summary>
public sealed class Faults
{
    private readonly List<Violation> _all = [];

    public bool Any => _all.Count > 0;

    public void Add(string code, string field, string message, string? fix = null) =>
        _all.Add(new Violation(code, field, message, fix ?? ErrorCatalog.Of(code).Fix));

    public void Invalid(string field, string message, string fix) => Add(ErrorCodes.InvalidParameter, field, message, fix);

    /// <exception cref="RefusalException">When there is any fault.</exception>
    public void ThrowIfAny()
    {
        if (_all.Count > 0)
        {
            throw RefusalException.For(_all);
        }
    }

    /// <summary>A number within bounds, or the default when absent.</summary>
    public int Number(string field, int? given, int otherwise, int min, int max)
    {
        if (given is { } value && (value < min || value > max))
        {
            Invalid(field, $"{field} is {value}, which is not between {min} and {max}.", $"Give {field} a value from {min} to {max}.");
            return otherwise;
        }

        return given ?? otherwise;
    }

    /// <summary>One of the names, or the default when absent.</summary>
    public string OneOf(string field, string? given, string otherwise, params ReadOnlySpan<string> names)
    {
        if (given is null)
        {
            return otherwise;
        }

        foreach (var name in names)
        {
            if (name == given)
            {
                return given;
            }
        }

        var all = string.Join(", ", names.ToArray());
        Invalid(field, $"{field} is not one of {all}.", $"Set {field} to one of {all}.");
        return otherwise;
    }

    public DateTimeOffset? Time(string field, string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (Text.Rfc3339.TryParse(given, out var time))
        {
            return time;
        }

        Invalid(field, $"{field} is not an RFC 3339 time with an offset.", $"Write {field} like 2026-12-31T09:00:00Z.");
        return null;
    }

    public void MaxLength(string field, string? given, int max)
    {
        if (given is not null && given.Length > max)
        {
            Invalid(field, $"{field} has {given.Length} characters; {max} is the most.", $"Shorten {field} to {max} characters.");
        }
    }
}
