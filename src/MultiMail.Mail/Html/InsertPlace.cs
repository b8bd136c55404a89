namespace MultiMail.Mail;

/// <summary>What stands where a text is put into HTML, and so how the text must be written there.</summary>
public enum InsertKind
{
    /// <summary>Nothing can be put there safely.</summary>
    None,

    /// <summary>Text, or a quoted attribute that is shown as text: characters are escaped.</summary>
    Text,

    /// <summary>The whole target of a link: an http, https or mailto URL.</summary>
    Link,

    /// <summary>The whole source of a picture: an http or https URL.</summary>
    Picture,

    /// <summary>A part of a URL behind its authority: percent-encoded.</summary>
    UrlPart,

    /// <summary>The address of a mailto URL: percent-encoded but for the @.</summary>
    MailtoAddress,
}

/// <param name="Where">Where that is, as a sentence goes on: <c>inside a comment</c>.</param>
public sealed record InsertPlace(InsertKind Kind, string Where);
