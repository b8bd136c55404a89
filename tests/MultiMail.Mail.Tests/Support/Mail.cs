using System.Text;

namespace MultiMail.Mail.Tests;

/// <summary>Messages for tests.</summary>
internal static class Mail
{
    public static MailboxAddress Address(string text) =>
        MailboxAddress.TryParse(text, out var address, out var fault) ? address : throw new ArgumentException($"{text}: {fault}", nameof(text));

    public static OutgoingMessage Outgoing(string text = "Hello.\n") => new()
    {
        From = Address("Ada Agent <ada@agents.example>"),
        To = [Address("Bo Reader <bo@example.org>")],
        Subject = "Hello",
        Text = text,
        MessageIdField = "one@agents.example",
        BoundarySeed = "seed",
    };

    public static ReadMessage Read(string raw) => MessageReader.Read(Encoding.UTF8.GetBytes(raw));

    /// <summary>An HTML mail with that body.</summary>
    public static ReadMessage Html(string html) => Read($"From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");

    public static string Wire(OutgoingMessage message) => Encoding.ASCII.GetString(MessageComposer.Compose(message).Wire);

    public static IReadOnlyList<MailFault> Faults(OutgoingMessage message) =>
        Assert.Throws<MailFormatException>(() => MessageComposer.Compose(message)).Faults;
}
