using System.Diagnostics.CodeAnalysis;

namespace MultiMail.Mail;

/// <summary>A message that cannot be written, with everything that is wrong with it.</summary>
[SuppressMessage("Design", "CA1032", Justification = "An exception without faults would say nothing.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "An exception without faults would say nothing.")]
public sealed class MailFormatException(IReadOnlyList<MailFault> faults)
    : Exception(string.Join(' ', faults.Select(fault => $"{fault.Field}: {fault.Message}.")))
{
    public IReadOnlyList<MailFault> Faults { get; } = faults;
}

/// <summary>One thing that is wrong with a message.</summary>
/// <param name="Field">The property that is at fault, in snake_case, with an index in a list: <c>attachments[1].file_name</c>.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">What is wrong, without a final full stop.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record MailFault(string Field, string Code, string Message, string Fix);
