using System.Text;

namespace MultiMail.Mail.Tests.Read;

public sealed class CalendarTests
{
    [Fact]
    public void Invitation_is_described()
    {
        var read = Read("""
            BEGIN:VCALENDAR
            METHOD:REQUEST
            BEGIN:VTIMEZONE
            TZID:Europe/Berlin
            BEGIN:STANDARD
            DTSTART:19701025T030000
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:1@orders.example
            SUMMARY;LANGUAGE=de:Besprechung\, zweiter
              Teil\nmit Kaffee
            LOCATION:Raum 7
            DTSTART;TZID="Europe/Berlin":20261123T091500
            DTEND;TZID=Europe/Berlin:20261123T101500
            ORGANIZER;CN="Weiss: Lena":mailto:lena@orders.example
            BEGIN:VALARM
            SUMMARY:not this
            END:VALARM
            END:VEVENT
            END:VCALENDAR
            """);
        var item = new CalendarEvent
        {
            Method = "REQUEST",
            Uid = "1@orders.example",
            Summary = "Besprechung, zweiter Teil mit Kaffee",
            Location = "Raum 7",
            Start = "2026-11-23T09:15:00 Europe/Berlin",
            End = "2026-11-23T10:15:00 Europe/Berlin",
            Organizer = "lena@orders.example",
        };
        Assert.Equal([item], read.Events);
        Assert.Equal("text/calendar", Assert.Single(read.Attachments).ContentType);
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261123", "2026-11-23")]
    [InlineData("DTSTART:20261123T091500Z", "2026-11-23T09:15:00Z")]
    [InlineData("DTSTART:20261123T091500", "2026-11-23T09:15:00")]
    [InlineData("DTSTART:20261345T091500Z", null)]
    [InlineData("DTSTART:tomorrow", null)]
    [InlineData("DTSTART", null)]
    public void Times_are_read_or_left_out(string line, string? expected) => Assert.Equal(expected, Assert.Single(Read($"BEGIN:VEVENT\n{line}\nEND:VEVENT").Events).Start);

    [Theory]
    [InlineData("BEGIN:VEVENT\nSUMMARY:x")]
    [InlineData("")]
    [InlineData("END:VEVENT\nEND:VEVENT\nSUMMARY:x")]
    [InlineData("<html>")]
    public void What_is_no_whole_event_is_none(string calendar) => Assert.Empty(Read(calendar).Events);

    [Fact]
    public void Organiser_that_is_no_address_is_left_out() =>
        Assert.Null(Assert.Single(Read("BEGIN:VEVENT\nORGANIZER:javascript:alert(1)\nEND:VEVENT").Events).Organizer);

    [Fact]
    public void Method_may_stand_in_the_content_type() => Assert.Equal("CANCEL", Assert.Single(Read("BEGIN:VEVENT\nEND:VEVENT").Events).Method);

    [Fact]
    public void Events_and_texts_are_bounded()
    {
        var many = Read(string.Concat(Enumerable.Range(0, 1_000).Select(i => $"BEGIN:VEVENT\nUID:{i}\nSUMMARY:{new string('a', 900)}\nEND:VEVENT\n")));
        Assert.Equal(20, many.Events.Count);
        Assert.All(many.Events, item => Assert.Equal(500, item.Summary!.Length));
        Assert.Empty(Read(string.Concat(Enumerable.Repeat("BEGIN:X\n", 50_000))).Events);
        Assert.Single(Read("BEGIN:VEVENT\nSUMMARY:a\n" + string.Concat(Enumerable.Repeat(" b\n", 60_000)) + "END:VEVENT").Attachments);
    }

    [Fact]
    public void Message_inside_is_listed_with_its_subject_and_author()
    {
        var read = Mail.Read(ReaderTests.Multi("mixed", ReaderTests.Part("message/rfc822", "From: =?utf-8?q?J=C3=B6rg?= <j@o.example>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nx")));
        var inner = Assert.Single(read.Attachments).Message;
        Assert.Equal(("Grüße", "Jörg", "j@o.example"), (inner!.Subject, inner.From!.DisplayName, inner.From.AddrSpec));
        Assert.Null(Assert.Single(Mail.Read(ReaderTests.Multi("mixed", ReaderTests.Part("image/png", "x"))).Attachments).Message);
    }

    private static ReadMessage Read(string calendar) =>
        MessageReader.Read(Encoding.UTF8.GetBytes($"From: a@b.example\r\nContent-Type: text/calendar; charset=utf-8; method=CANCEL\r\n\r\n{calendar.ReplaceLineEndings("\r\n")}\r\n"));
}
