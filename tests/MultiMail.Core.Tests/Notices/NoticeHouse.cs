using System.Text;
using MultiMail.Core.Node;
using MultiMail.Core.Profile;
using MultiMail.Core.Tests.Compliance;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Notices;

/// <summary>A house whose person is told at an address elsewhere.</summary>
internal sealed class NoticeHouse(RelayHouse there) : IAsyncDisposable
{
    public const string Ann = "ann@example.net";

    public RelayHouse There => there;

    public House House => there.House;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<NoticeHouse> BuildAsync(string mode = "gated_send")
    {
        var made = new NoticeHouse(await RelayHouse.BuildAsync(mode));
        await made.House.SetProfileAsync(new ProfileChange { Notify = Ann });
        return made;
    }

    public async Task<IReadOnlyList<string>> RunAsync(MultiMailNode? node = null) =>
        [.. (await (node ?? House.Node).Notices.RunAsync(Token)).Select(o => $"{o.Kind} {o.Result} {o.Failure}".TrimEnd())];

    /// <summary>What went to this address, as text.</summary>
    public IReadOnlyList<string> SentTo(string address) =>
        [.. there.Relay.Seen.Where(s => s.Envelope.Recipients.Contains(address)).Select(s => Encoding.ASCII.GetString(s.Bytes))];

    public MultiMailNode AnotherNode() => MultiMailNode.Create(House.Store, House.Node.Options, House.Clock);

    public async Task<IReadOnlyList<string>> LeavesAsync(string name) =>
        [.. (await House.Node.Audit.QueryAsync(House.Person, new Audit.AuditLogRequest { Action = name, Limit = 100 }, Token)).Entries.Select(e => $"{e.Policy} {e.Reason} {e.Result}")];

    public ValueTask DisposeAsync() => there.DisposeAsync();
}
