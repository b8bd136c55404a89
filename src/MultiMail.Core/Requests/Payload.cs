using System.Text.Json;

namespace MultiMail.Core.Requests;

/// <summary>Reads members of a payload, which was written here and checked then.</summary>
internal static class Payload
{
    /// <exception cref="InvalidDataException">The stored payload is not what this version writes.</exception>
    public static string Text(this JsonElement payload, string name) =>
        payload.OptionalText(name) ?? throw new InvalidDataException($"A stored request lacks {name}.");

    public static string? OptionalText(this JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static Mode Mode(this JsonElement payload, string name) =>
        Modes.TryParse(payload.Text(name), out var mode) ? mode : throw new InvalidDataException($"A stored request has no mode in {name}.");

    public static T Id<T>(this JsonElement payload, string name, PublicIds ids)
        where T : struct, IEntityId<T> =>
        ids.TryParse<T>(payload.Text(name), out var id) ? id : throw new InvalidDataException($"A stored request has no id in {name}.");
}
