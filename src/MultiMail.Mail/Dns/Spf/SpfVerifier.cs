using System.Net;

namespace MultiMail.Mail;

/// <summary>Checks whether a host may send for a domain (RFC 7208). Never throws for what a message or a server says.</summary>
public static class SpfVerifier
{
    /// <summary>RFC 7208 §4.6.4: at least 20 s for a whole check.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<SpfVerdict> CheckAsync(SpfRequest request, IDnsResolver dns, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(dns);
        ArgumentNullException.ThrowIfNull(clock);
        var sender = SpfSender.Of(request);
        if (sender.Domain.Length == 0)
        {
            return new SpfVerdict(AuthResult.None, string.Empty, sender.IsHelo, "no domain that could have a policy");
        }

        using var timer = new CancellationTokenSource(Most, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var check = new SpfCheck(sender, dns, clock, both.Token);
            var (result, reason, explanation) = await check.RunAsync().ConfigureAwait(false);
            return new SpfVerdict(result, sender.Domain, sender.IsHelo, reason, explanation);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SpfVerdict(AuthResult.TempError, sender.Domain, sender.IsHelo, "no answer within 20 s");
        }
    }
}

/// <summary>Who is checked: §4.1's client, sender and domain, in the form that macros want.</summary>
internal sealed record SpfSender(IPAddress Client, string Helo, string LocalPart, string SenderDomain, string Domain, bool IsHelo)
{
    public static SpfSender Of(SpfRequest request)
    {
        // §5: ::ffff:192.0.2.1 is an IPv4 client.
        var client = request.Client.IsIPv4MappedToIPv6 ? request.Client.MapToIPv4() : request.Client;
        var path = request.ReturnPath;
        var at = path.LastIndexOf('@');
        var given = path.Length == 0 ? request.Helo : path[(at + 1)..];
        // §4.3: without a local part it is "postmaster".
        var local = at > 0 ? path[..at] : "postmaster";
        return new SpfSender(client, request.Helo, local, given, Usable(given), path.Length == 0);
    }

    // §4.3: a name that cannot be a domain of several labels has no policy.
    private static string Usable(string given)
    {
        var name = DnsNames.WithoutDot(given);
        if (!System.Text.Ascii.IsValid(name))
        {
            return HostName.ToALabels(name, out var aLabels) is null ? aLabels : string.Empty;
        }

        return DnsNames.CanQuery(name) && name.Contains('.', StringComparison.Ordinal) && !name.StartsWith('[') ? name : string.Empty;
    }
}
