namespace MultiMail.Core.Mailboxes;

/// <summary>The oversight modes' names on the wire and in the store.</summary>
public static class Modes
{
    private static readonly Dictionary<string, Mode> ByName = Enum.GetValues<Mode>().ToDictionary(Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names { get; } = [.. Enum.GetValues<Mode>().Select(Name)];

    public static string Name(Mode mode) => mode switch
    {
        Mode.ReadOnly => "read_only",
        Mode.GatedAll => "gated_all",
        Mode.GatedSend => "gated_send",
        Mode.Monitored => "monitored",
        Mode.Autonomous => "autonomous",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode."),
    };

    /// <summary>The name as people read it in a sentence.</summary>
    public static string Words(Mode mode) => Name(mode).Replace('_', ' ');

    public static bool TryParse(string? name, out Mode mode)
    {
        mode = default;
        return name is not null && ByName.TryGetValue(name, out mode);
    }
}
