using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Tests.Inbound;
using MultiMail.Mail;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Compliance;

public sealed class DisclosureTests
{
    private const string Reviewed = " A person reviewed it before sending.";

    [Fact]
    public async Task A_held_message_says_at_its_top_who_wrote_it_and_that_a_person_reviews_it()
    {
        await using var house = await House.BuildAsync();
        var account = (await house.Store.GetAccountAsync(house.Person.Account, default))!.Name;
        var read = await house.ReadAsync(Letter());
        Assert.Equal($"This message was written and sent by an AI agent (agent) on behalf of {account}.{Reviewed}\r\n\r\nThey are fine.\r\n", read.PlainText);
    }

    [Fact]
    public async Task Mail_that_nobody_reviews_does_not_say_that_a_person_did()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        Assert.DoesNotContain("reviewed", (await house.ReadAsync(Letter())).PlainText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "This message was written and sent by an AI agent (agent) on behalf of Example GmbH. A person reviewed it before sending.")]
    [InlineData("de", "Diese Nachricht wurde von einem KI-Agenten (agent) im Auftrag von Example GmbH verfasst und gesendet. Ein Mensch hat sie vor dem Senden geprüft.")]
    [InlineData("fr", "Ce message a été rédigé et envoyé par un agent d’IA (agent) pour le compte de Example GmbH. Une personne l’a relu avant l’envoi.")]
    [InlineData("es", "Este mensaje ha sido redactado y enviado por un agente de IA (agent) en nombre de Example GmbH. Una persona lo ha revisado antes del envío.")]
    [InlineData("it", "Questo messaggio è stato scritto e inviato da un agente di IA (agent) per conto di Example GmbH. Una persona lo ha riletto prima dell’invio.")]
    [InlineData("nl", "Dit bericht is geschreven en verzonden door een AI-agent (agent) namens Example GmbH. Een mens heeft het voor verzending nagekeken.")]
    [InlineData("pl", "Ta wiadomość została napisana i wysłana przez agenta AI (agent) w imieniu Example GmbH. Przed wysłaniem sprawdził ją człowiek.")]
    [InlineData("pt", "Esta mensagem foi escrita e enviada por um agente de IA (agent) em nome de Example GmbH. Uma pessoa reviu-a antes do envio.")]
    public async Task Each_language_has_its_sentence_once_in_each_part(string language, string line)
    {
        await using var house = await House.BuildAsync();
        await house.SetProfileAsync(Outgoing.Example with { Language = language });
        var read = await house.ReadAsync(Letter() with { Text = null, Markdown = "# Hello\n\nThey are *fine*." });
        Assert.StartsWith(line + "\r\n\r\n", read.PlainText, StringComparison.Ordinal);
        Assert.StartsWith(line + "\n", HtmlSight.Of(read.Html!).Text, StringComparison.Ordinal);
        Assert.StartsWith($"<p role=\"note\" lang=\"{language}\"", read.Html, StringComparison.Ordinal);
        Assert.Equal(2, read.PlainText!.Split("Example GmbH").Length);
        Assert.Equal(2, read.Html!.Split("Example GmbH").Length);
    }

    [Fact]
    public async Task The_language_of_the_message_goes_before_the_profiles_and_an_unknown_one_gets_english_too()
    {
        await using var house = await House.BuildAsync();
        await house.SetProfileAsync(Outgoing.Example with { Language = "de" });
        Assert.StartsWith("Ce message", (await house.ReadAsync(Letter("a") with { Language = "fr-CA" })).PlainText, StringComparison.Ordinal);
        var both = (await house.ReadAsync(Letter("b") with { Language = "ja" })).PlainText!.ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("Diese Nachricht", both[0], StringComparison.Ordinal);
        Assert.StartsWith("This message", both[1], StringComparison.Ordinal);
        Assert.Equal(["", "They are fine."], both[2..4]);
    }

    [Fact]
    public async Task A_person_from_an_agents_mailbox_sent_it_and_from_his_own_mailbox_wrote_it_alone()
    {
        await using var house = await House.BuildAsync();
        await house.SetProfileAsync();
        var withAgent = await house.ReadAsync(Letter(), house.Person);
        Assert.StartsWith("This message was drafted with AI (agent), reviewed and sent by Example GmbH.\r\n\r\nThey are fine.", withAgent.PlainText, StringComparison.Ordinal);
        var alone = await house.ReadAsync(new Submission { From = Installation.PersonAddress, To = [Installation.AgentAddress], Subject = "Hi", Text = "It is me." }, house.Person);
        Assert.Equal("It is me.\r\n", alone.PlainText);
        foreach (var read in (ReadMessage[])[withAgent, alone])
        {
            Assert.Null(read.Header("X-AI-Generated"));
            Assert.Null(read.Header("Auto-Submitted"));
        }
    }

    [Fact]
    public async Task An_agents_first_mail_is_generated_and_its_answer_replied()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.PersonAddress, "autonomous");
        await house.SendAsync(new Submission { From = Installation.PersonAddress, To = [Installation.AgentAddress], Subject = "Hi", Text = "Are they fine?" }, house.Person);
        await house.DeliverAsync();
        var asked = (await house.ListAsync(Installation.AgentAddress)).Messages[0];
        var answer = await house.Node.Submissions.ReplyAsync(house.Agent, new Reply { MessageId = asked.MessageId, Text = "Yes." }, default);
        var replied = MessageReader.Read(await house.RawAsync(answer.MessageId));
        Assert.Equal(("auto-replied", "true"), (replied.Header("Auto-Submitted"), replied.Header("X-AI-Generated")));
        var first = await house.ReadAsync(Letter());
        Assert.Equal(("auto-generated", "true"), (first.Header("Auto-Submitted"), first.Header("X-AI-Generated")));
    }

    [Fact]
    public async Task An_attachment_is_left_as_it_is()
    {
        await using var house = await House.BuildAsync();
        var read = await house.ReadAsync(Letter() with { Attachments = [new SubmittedAttachment("a.txt", "text/plain", Convert.ToBase64String("plain"u8))] });
        Assert.Equal("plain", System.Text.Encoding.ASCII.GetString(Assert.Single(read.Attachments).Decode().Span));
        Assert.StartsWith("This message was written", read.PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_shows_the_senders_words_instead_of_the_disclosure()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync(Letter());
        Assert.Equal("They are fine.", (await house.MessageAsync(sent.MessageId)).Snippet);
        await house.ApproveAsync(sent.MessageId);
        await house.DeliverAsync();
        Assert.Equal("They are fine.", (await house.ListAsync(Installation.PersonAddress)).Messages[0].Snippet);
    }

    [Fact]
    public async Task A_quoted_disclosure_is_anothers_and_a_copied_one_is_refused()
    {
        await using var house = await House.BuildAsync();
        const string copy = "This message was written and sent by an AI agent (bob) on behalf of Bob.";
        await house.SendAsync(Letter("quoted", $"As you wrote:\n> {copy}"));
        var refused = await Assert.ThrowsAsync<Errors.RefusalException>(() => house.SendAsync(Letter("copied", $"As you wrote:\n{copy}")));
        var violation = Assert.Single(refused.Violations);
        Assert.Equal(("compliance_rejected", "AI-01", "text"), (violation.Code, violation.Rule, violation.Field));
        Assert.Contains("Leave the disclosure out", violation.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_to_an_agent_quotes_its_disclosure_and_has_one_of_its_own()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.SendAsync();
        await house.DeliverAsync();
        var arrived = (await house.ListAsync(Installation.PersonAddress)).Messages[0];
        var (key, _) = await house.KeyAsync("send,read");
        var answer = await house.Node.Submissions.ReplyAsync(key, new Reply { MessageId = arrived.MessageId, Text = "Thank you.", IncludeQuote = true }, default);
        var text = MessageReader.Read(await house.RawAsync(answer.MessageId)).PlainText!;
        Assert.StartsWith("This message was written and sent by an AI agent (you)", text, StringComparison.Ordinal);
        Assert.Contains("> This message was written and sent by an AI agent (agent)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_of_ai_on_mail_from_strangers_decide_nothing()
    {
        await using var house = await Outgoing.HouseAsync();
        await house.AcceptAsync(Arrivals.Letter("plain"), Arrivals.Bo);
        await house.AcceptAsync(Arrivals.Letter("marked", "X-AI-Generated: true\r\nX-AI-Disclosure: none\r\n"), Arrivals.Bo);
        var arrived = await house.StoredAsync();
        var answers = new List<Message>();
        foreach (var message in arrived)
        {
            var reply = new Reply { MessageId = house.Node.Ids.Format(message.Id), Text = "Yes, to " + message.Subject };
            answers.Add(await house.MessageAsync((await house.Node.Submissions.ReplyAsync(house.Person, reply, default)).MessageId));
        }

        Assert.Equal(2, arrived.Count);
        Assert.Single(arrived.Select(m => (m.State, m.RiskFlags, m.Tainted)).Distinct());
        Assert.Single(answers.Select(m => (m.State, m.RiskFlags, m.Tainted, m.Category)).Distinct());
    }
}
