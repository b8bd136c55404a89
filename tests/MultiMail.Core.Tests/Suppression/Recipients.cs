using MultiMail.Core.Profile;
using MultiMail.Core.Suppression;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Mail;
using System.Net;
using System.Text;

namespace MultiMail.Core.Tests.Suppression;

/// <summary>What recipients do with mail of the house.</summary>
internal static class Recipients
{
    public const string Ann = "ann@example.net";
    public const string PublicUrl = "https://mail.example.org";
    public const string Sender = "Acme Ltd";
    public const string AnnsServer = "192.0.2.7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A house that the outside reaches.</summary>
    public static async Task<RelayHouse> HouseAsync(string mode = "autonomous", IDnsResolver? dns = null)
    {
        var there = await RelayHouse.BuildAsync(mode, dns);
        there.House.Node.Options.PublicUrl = PublicUrl;
        var profile = new ProfileChange { Name = Sender, AddressLines = ["1 High Street", "Springfield"], Country = "US" };
        await there.House.Node.Profiles.SetAsync(there.House.Person, profile, Token);
        return there;
    }

    public static UnsubscribeTokens Tokens(this RelayHouse there) => new(new SuppressionSecrets(there.House.Node.Options));

    public static UnsubscribeGrant Grant(this RelayHouse there, string address = Ann) => new(there.House.Person.Account, UnsubscribeTokens.DefaultList, address);

    public static string LinkToken(this RelayHouse there, string address = Ann) => there.Tokens().Make(there.Grant(address));

    public static async Task<string> SentAsync(this RelayHouse there, params string[] to)
    {
        var id = await there.SendAsync(to);
        await there.House.DeliverAsync();
        return id;
    }

    public static async Task WriteAsync(this RelayHouse there, string from, string subject, string? answers = null, string text = "Hello.", string client = AnnsServer, string extra = "")
    {
        var reference = answers is null ? string.Empty : $"In-Reply-To: <{answers}@example.org>\r\n";
        var raw = $"From: {from}\r\nTo: {RelayHouse.Robot}\r\nSubject: {subject}\r\nMessage-ID: <{Guid(subject + from)}@x.test>\r\n{reference}{extra}\r\n{text}\r\n";
        var envelope = new InboundEnvelope(IPAddress.Parse(client), "mx.example.net", from, [RelayHouse.Robot], Tls: true);
        Assert.Equal(AcceptOutcome.Accepted, (await there.House.Node.SmtpDoor.AcceptAsync(envelope, Encoding.UTF8.GetBytes(raw), Token)).Outcome);
    }

    /// <summary>Address and reason of all that is suppressed.</summary>
    public static async Task<IReadOnlyList<(string? Address, string Reason)>> SuppressedAsync(this RelayHouse there) =>
        [.. (await there.House.Node.Suppressions.ListAsync(there.House.Person, new(), Token)).Suppressions.Select(s => (s.Address, s.Reason))];

    /// <summary>The tag of the newest mail.</summary>
    public static async Task<string?> TagAsync(this RelayHouse there) =>
        (await there.House.ListAsync(RelayHouse.Robot)).Messages[0].Tags.GetValueOrDefault("unsubscribe");

    private static string Guid(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
