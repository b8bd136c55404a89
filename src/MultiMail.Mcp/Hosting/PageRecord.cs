namespace MultiMail.Mcp.Hosting;

/// <summary>
/// Where the page of a data folder is when its usual port was a stranger's: a file in the folder, believed only when a
/// node of the same store answers there.
/// </summary>
internal static class PageRecord
{
    public static void Write(NodeHost host, Uri address) => File.WriteAllText(PathOf(host), Links.Base(address));

    /// <summary>The address at which a node of this store answers now; null when none does.</summary>
    public static async Task<Uri?> FindAsync(NodeHost host, CancellationToken cancellationToken)
    {
        if (host.Settings.Listen.Port != 0 && await PagePort.LookAsync(host.Settings.Listen, host.StoreName, cancellationToken) == PortState.OurPage)
        {
            return host.Settings.Listen;
        }

        return Read(host) is { } recorded && await PagePort.LookAsync(recorded, host.StoreName, cancellationToken) == PortState.OurPage
            ? recorded
            : null;
    }

    private static Uri? Read(NodeHost host)
    {
        try
        {
            return Uri.TryCreate(File.ReadAllText(PathOf(host)), UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true } ? uri : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathOf(NodeHost host) => Path.Combine(host.Settings.Data.Root, "page.url");
}
