using System.Text;
using MultiMail.Core.Compliance.Rules;
using MultiMail.Core.Ids;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Compliance;

/// <summary>A frozen message as bytes, right in every rule's eyes unless a test changes it, and what is known about it.</summary>
internal sealed record Letter
{
    public const string Sender = "robot@example.org";
    public const string Reader = "alice@recipient.test";
    public const string Page = "https://mail.example.org/u/tok.alice";
    public const string Mailto = "mailto:robot@example.org?subject=unsubscribe";

    public const string Footer =
        "Example Ltd\n1 High Street\n12345 Sample Town\nGB\n\nThis is an advertisement. Unsubscribe: " + Page;

    public const string HtmlFooter =
        "<p>Example Ltd<br>1 High Street<br>12345 Sample Town<br>GB</p><p>This is an advertisement. <a href=\"" + Page + "\">Unsubscribe</a></p>";

    public string Category { get; init; } = "commercial";

    public string From { get; init; } = Sender;

    public string Subject { get; init; } = "News of our shop";

    /// <summary>Whole lines, written as they are.</summary>
    public IReadOnlyList<string> Extra { get; init; } =
        [$"List-Unsubscribe: <{Page}>, <{Mailto}%20tok>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"];

    public IReadOnlyList<string> Trace { get; init; } = ["Message-ID: <msg_1@example.org>", "MIME-Version: 1.0"];

    public string Text { get; init; } = "Hello.\n\n" + Footer;

    /// <summary>Null = the message has no HTML.</summary>
    public string? Html { get; init; } = "<html><body><p>Hello.</p>" + HtmlFooter + "</body></html>";

    public RuleFacts Facts { get; init; } = new()
    {
        Mailbox = new Mailbox(
            new MailboxId(1), new AccountId(1), Sender, "Robot", "robot", Mode.Monitored, null, null, 0, 0, 1, DateTimeOffset.UnixEpoch),
        Recipients = [new RuleRecipient(Reader, RecipientKind.To, IsHere: false, Source: "signed up in the shop")],
        EnvelopeSize = 1,
        Domains = new Dictionary<string, bool>(StringComparer.Ordinal) { ["example.org"] = true, ["unproved.org"] = false },
        Profile = new ProfileFacts(["Example Ltd", "1 High Street", "12345 Sample Town", "GB"]),
        IsUnsubscribePage = url => url == Page,
        UnsubscribeMailto = Mailto,
    };

    public RuleScene Scene() => new(new FinalBytes(Bytes()), Category, Facts);

    public RuleFindings Findings() => RuleEngine.Run(Scene());

    public RuleFinding Finding(string rule) => Findings().All.Single(f => f.Rule.Id == rule);

    /// <summary>To recipients who take no part so far, with facts of their own.</summary>
    public Letter To(params RuleRecipient[] recipients) => this with { Facts = Facts with { Recipients = recipients, EnvelopeSize = recipients.Length } };

    public byte[] Bytes()
    {
        string[] header = [$"From: {From}", $"To: {Reader}", $"Subject: {Subject}", .. Trace, .. Extra];
        return Encoding.UTF8.GetBytes(string.Join("\r\n", header) + "\r\n" + Body().ReplaceLineEndings("\r\n"));
    }

    private string Body() => Html is null
        ? "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + Text + "\n"
        : "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
            + Text + "\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + Html + "\n--b--\n";
}
