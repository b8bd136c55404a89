using System.Net;
using System.Text;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Inbound;

/// <summary>Mail as the listener brings it.</summary>
internal static class Arrivals
{
    public const string Domain = "agents.example";
    public const string Bo = "bo@" + Domain;

    public static async Task<House> HouseAsync(Func<byte[], MultiMail.Core.Node.CoreOptions>? options = null, params string[] mailboxes)
    {
        var house = await House.BuildAsync(options);
        await house.Node.Domains.AddAsync(house.Person, Domain, default);
        foreach (var address in mailboxes.Length == 0 ? [Bo] : mailboxes)
        {
            await house.Node.Mailboxes.CreateAsync(house.Person, new NewMailbox { Address = address }, default);
        }

        return house;
    }

    public static InboundEnvelope Envelope(string[] to, string from = "ann@sender.example", string client = "192.0.2.7") =>
        new(IPAddress.Parse(client), "sender.example", from, to, Tls: true);

    public static byte[] Letter(string subject = "Hello", string extra = "") =>
        Encoding.ASCII.GetBytes($"From: Ann <ann@sender.example>\r\nTo: bo@agents.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@sender.example>\r\n{extra}\r\nHow are you?\r\n");

    public static async Task<AcceptResult> AcceptAsync(this House house, byte[] message, params string[] to) =>
        await house.Node.SmtpDoor.AcceptAsync(Envelope(to), message, default);

    /// <summary>Everything inbound in the store, whatever its state, newest first.</summary>
    public static async Task<IReadOnlyList<Message>> StoredAsync(this House house) =>
        (await house.Store.MessagesAsync(new MessageQuery(house.Person.Account, 100) { Direction = Direction.Inbound }, default)).Messages;
}
