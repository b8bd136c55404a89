namespace MultiMail.Mail;

/// <summary>
/// A message as Markdown: headings, lists, emphasis, quotations, and behind each link the host that it leads to. What is hidden in the
/// HTML is left out as in the plain text; a message without HTML is its text.
/// </summary>
/// <param name="Trimmed">Without what <see cref="ReadMessage.Trimmed"/> leaves out.</param>
public sealed record MarkedText(string Text, string Trimmed);
