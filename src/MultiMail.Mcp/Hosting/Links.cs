namespace MultiMail.Mcp.Hosting;

/// <summary>How addresses of this node are written.</summary>
internal static class Links
{
    /// <summary>Without trailing slash, as links are built on it.</summary>
    public static string Base(Uri address) => address.ToString().TrimEnd('/');

    /// <summary>The Host values by which this node is meant: where it listens, its public name, and both names of the loopback.</summary>
    public static IReadOnlyCollection<string> Hosts(Uri listen, Uri? publicUrl)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { listen.Authority };
        if (listen.IsLoopback)
        {
            hosts.Add($"localhost:{listen.Port}");
            hosts.Add($"127.0.0.1:{listen.Port}");
        }

        if (publicUrl is not null)
        {
            hosts.Add(publicUrl.Authority);
        }

        return hosts;
    }
}
