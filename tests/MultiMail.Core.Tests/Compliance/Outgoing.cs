using MultiMail.Core.Accounts;
using MultiMail.Core.Ids;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Profile;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Core.Tests.Inbound;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Compliance;

/// <summary>What became of a submission, as its recipient's mail program reads it.</summary>
internal static class Outgoing
{
    public static ProfileChange Example { get; } = new()
    {
        Name = "Example GmbH", AddressLines = ["Hauptstraße 1", "10115 Berlin"], Country = "DE", Language = "en",
    };

    /// <summary>Takes mail in for bo@agents.example and has a relay for answers.</summary>
    public static async Task<House> HouseAsync(string publicUrl = "https://mail.example.org")
    {
        var house = await Arrivals.HouseAsync(key => new CoreOptions
        {
            MasterKey = key, Transport = new ScriptedRelay(), Relay = new RelayEndpoint("relay.test", 465, RelaySecurity.ImplicitTls), PublicUrl = publicUrl,
        });
        house.Tamper("UPDATE domain SET verified_at = created_at");
        return house;
    }

    public static async Task<ReadMessage> ReadAsync(this House house, Submission mail, Principal? who = null) =>
        MessageReader.Read(await house.RawAsync(mail, who));

    public static async Task<byte[]> RawAsync(this House house, Submission mail, Principal? who = null)
    {
        var receipt = await house.SendAsync(mail, who);
        return await house.RawAsync(receipt.MessageId);
    }

    public static async Task<byte[]> RawAsync(this House house, string messageId)
    {
        var message = await house.MessageAsync(messageId);
        return (await house.Store.RawAsync(message.Account, message.RawSha256, default))!;
    }

    public static async Task<Message> MessageAsync(this House house, string messageId)
    {
        Assert.True(house.Node.Ids.TryParse<MessageId>(messageId, out var id));
        return (await house.Store.MessageAsync(house.Person.Account, id, default))!;
    }

    public static Task<ProfileView> SetProfileAsync(this House house, ProfileChange? change = null) =>
        house.Node.Profiles.SetAsync(house.Person, change ?? Example, default);
}
