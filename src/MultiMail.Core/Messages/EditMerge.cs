namespace MultiMail.Core.Messages;

/// <summary>Puts a change over what was written before.</summary>
internal static class EditMerge
{
    public static Submission Apply(Submission written, EditRequest changes)
    {
        var bodies = changes.Text is not null || changes.Html is not null || changes.Markdown is not null;
        var category = changes.Category is null ? written.Category : OrNone(changes.Category);
        return written with
        {
            To = changes.To ?? written.To,
            Cc = changes.Cc ?? written.Cc,
            Bcc = changes.Bcc ?? written.Bcc,
            Subject = changes.Subject ?? written.Subject,

            // Other words are not the template's any more.
            Template = bodies || changes.Subject is not null ? null : written.Template,
            Text = bodies ? OrNone(changes.Text) : written.Text,
            Html = bodies ? OrNone(changes.Html) : written.Html,
            Markdown = bodies ? OrNone(changes.Markdown) : written.Markdown,
            Attachments = changes.Attachments ?? written.Attachments,
            SendAt = changes.SendAt is null ? written.SendAt : OrNone(changes.SendAt),
            Category = category,

            // A basis goes with its category: another category takes the old basis away.
            TransactionalBasis = changes.TransactionalBasis is not null ? OrNone(changes.TransactionalBasis) : changes.Category is null ? written.TransactionalBasis : null,
        };
    }

    private static string? OrNone(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
