namespace MultiMail.Mail;

internal static class ReturnPath
{
    /// <summary>RFC 5321 §4.5.5: the path of reports, so that they are never answered. An unknown path (null) is not the null path.</summary>
    public static bool IsNull(string? path) => path is not null && path.AsSpan().Trim() is "" or "<>";
}
