namespace MultiMail.Core.Messages;

/// <summary>Directions and folders in the words of the wire and the store.</summary>
public static class Directions
{
    public static string Name(Direction direction) => direction is Direction.Outbound ? "outbound" : "inbound";

    public static string Name(Folder folder) => folder switch
    {
        Folder.Inbox => "inbox",
        Folder.Sent => "sent",
        Folder.Archive => "archive",
        Folder.Trash => "trash",
        Folder.Spam => "spam",
        _ => throw new ArgumentOutOfRangeException(nameof(folder), folder, "Not a folder."),
    };
}
