namespace MultiMail.Core.Evidence;

/// <summary>What was wrong with a message that a person rejected, in words of the wire.</summary>
public static class RejectClasses
{
    public const string WrongRecipient = "wrong_recipient";
    public const string FalseContent = "false_content";
    public const string Leak = "leak";
    public const string Other = "other";

    public static IReadOnlyList<string> Names { get; } = [WrongRecipient, FalseContent, Leak, Other];

    /// <summary>Null stays null: nobody must give one.</summary>
    internal static string? Checked(string? given, Faults faults)
    {
        if (given is not null && !Names.Contains(given, StringComparer.Ordinal))
        {
            faults.Invalid("reason_class", "reason_class is not a class of reasons.", $"Leave it out, or set it to one of {string.Join(", ", Names)}.");
        }

        return given;
    }
}
