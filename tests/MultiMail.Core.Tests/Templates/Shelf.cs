using System.Text;
using MultiMail.Core.Ids;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Templates;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Templates;

/// <summary>Templates of the tests, and mail made from them.</summary>
internal static class Shelf
{
    public static TemplateFields Welcome { get; } = new()
    {
        Name = "Welcome",
        Subject = "Hello {{name}}",
        Text = "Dear {{name}},\nyour order: https://shop.example/o/{{order}}",
        Html = "<p title=\"{{name}}\">Dear {{name}},</p><p><a href=\"https://shop.example/o/{{order}}\">Your order</a></p>",
        Variables = ["name", "order"],
    };

    public static Submission Mail(string template, params (string Name, string Value)[] variables) => new()
    {
        From = Installation.AgentAddress,
        To = [Installation.PersonAddress],
        TemplateId = template,
        Variables = variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal),
    };

    public static async Task<string> ManifestAsync(House house, string messageId) => Encoding.UTF8.GetString((await RevisionAsync(house, messageId)).Manifest);

    /// <summary>The frozen bytes, read.</summary>
    public static async Task<ReadMessage> ReadAsync(House house, string messageId) =>
        MessageReader.Read((await house.Store.RawAsync(house.Person.Account, (await MessageAsync(house, messageId)).RawSha256, default))!);

    public static async Task<Message> MessageAsync(House house, string messageId) => (await house.Store.MessageAsync(house.Person.Account, Id(house, messageId), default))!;

    private static async Task<Revision> RevisionAsync(House house, string messageId) =>
        Assert.Single(await house.Store.RevisionsAsync(house.Person.Account, Id(house, messageId), default));

    private static MessageId Id(House house, string text) => house.Node.Ids.TryParse<MessageId>(text, out var id) ? id : throw new ArgumentException("Not an id.", nameof(text));
}
