namespace MultiMail.Mail.Tests.Read;

public sealed class ReplyTrimmingTests
{
    private const string Gmail = "<div dir=ltr>Yes, Tuesday.</div><br><div class=gmail_quote><div class=gmail_attr>On Mon, 23 Nov 2026 at 09:15, Lena Weiss &lt;<a href='mailto:lena@orders.example'>lena@orders.example</a>&gt; wrote:<br></div><blockquote class=gmail_quote><div>Tuesday?</div></blockquote></div>";

    [Theory]
    [InlineData("On Mon, 23 Nov 2026 at 09:15, Lena Weiss <lena@orders.example> wrote:")]
    [InlineData("On Mon, 23 Nov 2026 at 09:15, Lena Weiss\n<lena@orders.example> wrote:")]
    [InlineData("On Mon, 23 Nov 2026 at\n09:15, Lena Weiss <lena@orders.example>\nwrote:")]
    [InlineData("On 23.11.2026 Lena Weiss wrote:")]
    [InlineData("Am 23.11.2026 um 09:15 schrieb Lena Weiss:")]
    [InlineData("Am Mo., 23. Nov. 2026 um 09:15 Uhr schrieb Lena Weiss <\nlena@orders.example>:")]
    [InlineData("Le lun. 23 nov. 2026 à 09:15, Lena Weiss <lena@orders.example> a écrit :")]
    [InlineData("El lun, 23 nov 2026 a las 9:15, Lena Weiss (<lena@orders.example>) escribió:")]
    [InlineData("Il giorno lun 23 nov 2026 alle ore 09:15 Lena Weiss <lena@orders.example> ha scritto:")]
    [InlineData("Op ma 23 nov. 2026 om 09:15 schreef Lena Weiss <lena@orders.example>:")]
    [InlineData("Em seg., 23 de nov. de 2026 às 09:15, Lena Weiss <lena@orders.example> escreveu:")]
    [InlineData("Den mån 23 nov. 2026 kl 09:15 skrev Lena Weiss <lena@orders.example>:")]
    [InlineData("Lena Weiss <lena@orders.example> skrev følgende den 23/11/2026, 09:15:")]
    [InlineData("pon., 23 lis 2026 o 09:15 Lena Weiss <lena@orders.example> napisał(a):")]
    [InlineData("po 23. 11. 2026 v 9:15 odesílatel Lena Weiss <lena@orders.example> napsal:")]
    [InlineData("пн, 23 нояб. 2026 г. в 09:15, Lena Weiss <lena@orders.example>:")]
    [InlineData("23/11/2026, 09:15 пользователь Lena Weiss <lena@orders.example> написал:")]
    [InlineData("Lena Weiss <lena@orders.example> kirjoitti 23.11.2026 kello 9.15:")]
    [InlineData("2026.11.23. 9:15 keltezéssel, Lena Weiss ezt írta:")]
    [InlineData("Lena Weiss <lena@orders.example>, 23 Kas 2026 Pzt, 09:15 tarihinde şunu yazdı:")]
    [InlineData("Lena Weiss <lena@orders.example> 于2026年11月23日周一 09:15写道：")]
    public void Line_above_a_quotation_is_known_in_many_languages(string line)
    {
        if (line.StartsWith("пн", StringComparison.Ordinal))
        {
            // Without a verb the line stays, and the quotation still goes.
            Assert.Equal("Yes.\n\n" + line, Trimmed($"Yes.\n\n{line}\n\n> Tuesday?\n> Lena"));
            return;
        }

        Assert.Equal("Yes.", Trimmed($"Yes.\n\n{line}\n\n> Tuesday?\n> Lena"));
    }

    [Theory]
    [InlineData("-----Original Message-----")]
    [InlineData("-----Ursprüngliche Nachricht-----")]
    [InlineData("-------- Message d'origine --------")]
    [InlineData("-----Mensaje original-----")]
    [InlineData("-----Messaggio originale-----")]
    [InlineData("-----Oorspronkelijk bericht-----")]
    [InlineData("-----Mensagem original-----")]
    [InlineData("---------- Исходное сообщение ----------")]
    [InlineData("________________________________\nFrom: Lena Weiss <lena@orders.example>\nSent: Monday, 23 November 2026 09:15\nTo: agent@multimail.localhost\nSubject: Tuesday")]
    [InlineData("Von: Lena Weiss <lena@orders.example>\nGesendet: Montag, 23. November 2026 09:15\nAn: agent@multimail.localhost\nBetreff: Dienstag")]
    [InlineData("De : Lena Weiss <lena@orders.example>\nDate : lundi 23 novembre 2026 à 09:15\nÀ : agent@multimail.localhost\nObjet : Mardi")]
    [InlineData("Da: Lena Weiss <lena@orders.example>\nInviato: lunedì 23 novembre 2026 09:15\nA: agent@multimail.localhost\nOggetto: Martedì")]
    [InlineData("*From:* Lena Weiss <lena@orders.example>\n*Sent:* Monday, 23 November 2026 09:15\n*To:* agent@multimail.localhost\n*Subject:* Tuesday")]
    [InlineData("On Mon, 23 Nov 2026 at 09:15, Lena Weiss wrote:")]
    public void Earlier_message_without_quote_marks_reaches_to_the_end(string mark) =>
        Assert.Equal("Yes.", Trimmed($"Yes.\n\n{mark}\n\nTuesday?\n\nLena"));

    [Theory]
    [InlineData("Yes.\n-- \nAda\nPhone 1", "Yes.")]
    [InlineData("Yes.\n\n--\nAda", "Yes.")]
    [InlineData("Yes.\n-- \nAda\n\n> Tuesday?", "Yes.")]
    [InlineData("Yes -- no.\nfine", "Yes -- no.\nfine")]
    [InlineData("-- \nAda", "-- \nAda")]
    public void Signature_goes(string text, string expected) => Assert.Equal(expected, Trimmed(text));

    [Theory]
    [InlineData("> Tuesday?\n\nYes.\n\n> At nine?\n\nNo, ten.")]
    [InlineData("On Mon, 23 Nov 2026 at 09:15, Lena wrote:\n> Tuesday?\n\nYes.")]
    [InlineData("Hi,\n\n> Tuesday?\nYes.\n\n> Bye")]
    public void Answers_between_quoted_lines_keep_them(string text)
    {
        var read = Mail.Read($"From: a@b.example\nSubject: Re: x\n\n{text}\n");
        Assert.Equal(text, read.Trimmed);
        Assert.Equal(0, read.QuotedChars);
    }

    [Fact]
    public void Signature_below_answers_between_quoted_lines_goes() =>
        Assert.Equal("> Tuesday?\n\nYes.", Trimmed("> Tuesday?\n\nYes.\n\n-- \nAda"));

    [Theory]
    [InlineData("Re: x", "See below.\n\n---------- Forwarded message ---------\nFrom: Lena <lena@orders.example>\nDate: Mon, 23 Nov 2026\nSubject: x\nTo: <a@b.example>\n\nTuesday?")]
    [InlineData("x", "Begin forwarded message:\n\n> From: Lena <lena@orders.example>\n> Subject: x\n> To: a@b.example\n>\n> Tuesday?")]
    [InlineData("x", "> Anfang der weitergeleiteten Nachricht:\n>\n> Von: Lena <lena@orders.example>")]
    [InlineData("Fwd: x", "See below.\n\nFrom: Lena <lena@orders.example>\nSent: Monday\nTo: a@b.example\nSubject: x\n\nTuesday?")]
    [InlineData("WG: x", "See below.\n\nVon: Lena <lena@orders.example>\nGesendet: Montag\nAn: a@b.example\nBetreff: x\n\nDienstag?")]
    public void What_is_passed_on_is_no_quotation(string subject, string text) =>
        Assert.Equal(text, Mail.Read($"From: a@b.example\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n").Trimmed);

    [Theory]
    [InlineData("> Tuesday?\n> Lena")]
    [InlineData("On Mon, 23 Nov 2026 at 09:15, Lena wrote:\n> Tuesday?")]
    [InlineData("-----Original Message-----\nFrom: Lena\n\nTuesday?")]
    [InlineData("In his letter of 3 May John wrote:\nwe accept.\n\nSo do I.")]
    [InlineData("From: the heart\nwith love")]
    [InlineData("")]
    public void Nothing_goes_when_nothing_new_would_be_left_or_nothing_is_quoted(string text) => Assert.Equal(text, Trimmed(text));

    [Fact]
    public void Reply_in_html_loses_the_marked_quotation()
    {
        var read = Mail.Html(Gmail);
        Assert.Equal("Yes, Tuesday.", read.Trimmed);
        Assert.Contains("Tuesday?", read.TextBody, StringComparison.Ordinal);
        Assert.Equal(read.TextBody.Length - read.Trimmed.Length, read.QuotedChars);
    }

    [Theory]
    [InlineData("<p>Yes.</p><div class=moz-cite-prefix>Am 23.11.26 um 09:15 schrieb Lena:</div><blockquote type=cite><p>Dienstag?</p></blockquote>")]
    [InlineData("<div>Yes.</div><div><br><blockquote type=cite><div>On 23 Nov 2026, at 09:15, Lena &lt;l@o.example&gt; wrote:</div><div>Tuesday?</div></blockquote></div>")]
    [InlineData("<div>Yes.</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Отправитель:</b> Lena</div><div>Tuesday?</div>")]
    [InlineData("<div>Yes.</div><hr><div id=divRplyFwdMsg dir=ltr><b>From:</b> Lena</div><div>Tuesday?</div>")]
    [InlineData("<p>Yes.</p><div style='border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Lena &lt;l@o.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> a@b.example<br><b>Subject:</b> x</p></div><p>Tuesday?</p>")]
    [InlineData("<p>Yes.</p><p>On 23 Nov 2026, Lena wrote:</p><blockquote><p>Tuesday?</p></blockquote>")]
    [InlineData("<div>Yes.</div><div class=yahoo_quoted>Lena on Monday<div>Tuesday?</div></div>")]
    [InlineData("<p>Yes.</p><p>-- <br>Ada</p><div class=protonmail_quote>Tuesday?</div>")]
    public void Programs_mark_quotations_in_their_own_ways(string html) => Assert.Equal("Yes.", Mail.Html(html).Trimmed);

    [Theory]
    [InlineData("<div class=gmail_quote><div class=gmail_attr>On Mon, 23 Nov 2026, Lena wrote:</div><blockquote class=gmail_quote>Tuesday?</blockquote><div>Yes.</div><blockquote class=gmail_quote>At nine?</blockquote><div>Ten.</div></div>")]
    [InlineData("<p>See below.</p><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: Lena</div><p>Tuesday?</p></div>")]
    [InlineData("<p>As the poet says:</p><blockquote>To be</blockquote>")]
    [InlineData("<div id=divRplyFwdMsg><b>From:</b> Lena</div><p>Tuesday?</p>")]
    public void Html_stays_whole_for_the_same_reasons(string html)
    {
        var read = Mail.Html(html);
        Assert.NotEmpty(read.TextBody);
        Assert.Equal(read.TextBody, read.Trimmed);
    }

    [Fact]
    public void Each_part_is_trimmed_by_itself() => Assert.Equal(
        "Yes.\n\nlist footer",
        Mail.Read(ReaderTests.Multi("mixed", ReaderTests.Part("text/plain", "Yes.\n> Tuesday?"), ReaderTests.Part("text/plain", "list footer"))).Trimmed);

    [Theory]
    [InlineData("> a\n", 20_000)]
    [InlineData("On Mon, 23 Nov 2026 at 09:15 Lena wrote:\nx\n", 8_000)]
    [InlineData("wrote:\n", 40_000)]
    [InlineData("From: a\n", 40_000)]
    [InlineData("From: a\nTo: b\n\n", 20_000)]
    [InlineData("-- \n", 50_000)]
    [InlineData("________\n\n", 30_000)]
    public void Work_grows_with_the_length_of_the_text(string line, int count)
    {
        var text = string.Concat(Enumerable.Repeat(line, count));
        _ = ReplyTrimming.Trim(line, QuoteRanges.None, isForward: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ReplyTrimming.Trim(text, QuoteRanges.None, isForward: false);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L * text.Length);
    }

    private static string Trimmed(string text) => Mail.Read($"From: a@b.example\nSubject: Re: x\nContent-Type: text/plain; charset=utf-8\n\n{text}").Trimmed;
}
