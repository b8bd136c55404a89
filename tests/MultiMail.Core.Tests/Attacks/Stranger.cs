using MultiMail.Core.Audit;
using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using System.Text;

namespace MultiMail.Core.Tests.Attacks;

/// <summary>Somebody outside who writes whatever bytes he likes to a mailbox.</summary>
internal static class Stranger
{
    public static string Mail(string subject, string text = "Hello.", params ReadOnlySpan<string> fields)
    {
        var extra = fields.Length == 0 ? string.Empty : string.Join("\r\n", fields.ToArray()) + "\r\n";
        return $"From: Eve <eve@stranger.example>\r\nTo: agent@multimail.localhost\r\nSubject: {subject}\r\n{extra}\r\n{text}\r\n";
    }

    /// <returns>Public id of the stored message.</returns>
    public static async Task<string> WritesAsync(this House house, string mailbox, string mail, World world = World.Live)
    {
        var core = new CoreContext(house.Store, house.Node.Options, house.Clock);
        var inbound = new InboundMail(core, new Commitments(core));
        var target = (await house.Store.MailboxByAddressAsync(house.Person.Account, mailbox, default))!;
        var arrival = await inbound.PrepareAsync(
            target.Account, target.Id, world, Encoding.UTF8.GetBytes(mail), $"stranger {core.NewId<Ids.MessageId>().Value}", Provenance.Local, LeafActor.System, default);
        var stored = await house.Store.WriteAsync(
            async unit => await inbound.StoreAsync(unit, arrival, (await unit.FindMailboxAsync(target.Account, target.Id))!), default);
        return house.Node.Ids.Format(stored.Id);
    }
}
