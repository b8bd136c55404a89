using System.Globalization;

namespace MultiMail.Mail.Tests.Read;

public sealed class DeliveryReportTests
{
    private const string Returned = "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: ada@agents.example\r\nmessage-id:\r\n <one@agents.example>\r\nSubject: Invoice\r\n";

    [Fact]
    public void Delivery_status_names_message_recipients_and_what_happened()
    {
        var report = Report(
            "Reporting-MTA: dns; mx.example.net\r\nOriginal-Envelope-Id: b-msg+3D1\r\n\r\n"
            + "Final-Recipient: rfc822; bo@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n  <bo@example.org>: no such user\r\n\r\n"
            + "Original-Recipient: rfc822;cy@example.org\r\nFinal-Recipient: rfc822; cyril@elsewhere.example\r\nAction: delayed\r\nStatus: 4.4.1 (no answer)\r\n", Returned);
        Assert.Equal(ReportKind.DeliveryStatus, report.Kind);
        Assert.Equal("one@agents.example", report.OriginalMessageId);
        Assert.Equal("b-msg=1", report.OriginalEnvelopeId);
        Assert.Equal(
            [
                new ReportedRecipient("bo@example.org", RecipientAction.Failed, "5.1.1", "550 5.1.1 <bo@example.org>: no such user"),
                new ReportedRecipient("cy@example.org", RecipientAction.Delayed, "4.4.1", string.Empty) { FinalAddress = "cyril@elsewhere.example" },
            ],
            report.Recipients);
    }

    [Theory]
    [InlineData("failed", RecipientAction.Failed)]
    [InlineData("Delayed", RecipientAction.Delayed)]
    [InlineData("delivered (to mailbox)", RecipientAction.Delivered)]
    [InlineData("relayed", RecipientAction.Relayed)]
    [InlineData("EXPANDED", RecipientAction.Expanded)]
    [InlineData("something else", RecipientAction.Failed)]
    public void Action_is_read_or_follows_from_the_status(string action, RecipientAction expected) =>
        Assert.Equal(expected, Assert.Single(Report($"Final-Recipient: rfc822;a@b.example\r\nAction: {action}\r\nStatus: 5.2.2\r\n").Recipients).Action);

    [Theory]
    [InlineData("5.0.0", "smtp; 550 5.1.1 unknown", "5.1.1")]
    [InlineData("", "smtp; 452 4.2.2 full", "4.2.2")]
    [InlineData("", "smtp; 550 go away", "5.0.0")]
    [InlineData("4.0.0", "smtp; 550 5.1.1 unknown", "4.0.0")]
    [InlineData("5.7.1", "smtp; 550 5.1.1 unknown", "5.7.1")]
    [InlineData("5.0.0", "x-host; 10.5.1.1 is not up", "5.0.0")]
    public void General_status_gives_way_to_what_the_other_side_said(string status, string diagnostic, string expected) =>
        Assert.Equal(expected, Assert.Single(Report($"Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: {diagnostic}\r\n").Recipients).Status);

    [Fact]
    public void Recipients_without_a_blank_line_between_them_are_told_apart() =>
        Assert.Equal(["a@b.example", "c@d.example"], Report("Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\nFinal-Recipient: rfc822;c@d.example\r\nAction: failed\r\n").Recipients.Select(r => r.Address));

    [Fact]
    public void Block_that_says_nothing_is_no_recipient() => Assert.Empty(Report("Final-Recipient: rfc822;a@b.example\r\n").Recipients);

    [Theory]
    [InlineData("rfc822; \"x\\r\\nRCPT TO:<y@z>\"@b.example")]
    [InlineData("x400; /G=Jo/S=Doe")]
    [InlineData("rfc822; nobody")]
    public void Recipient_that_is_no_address_stays_without_one(string final) =>
        Assert.Null(Assert.Single(Report($"Final-Recipient: {final}\r\nAction: failed\r\n").Recipients).Address);

    [Fact]
    public void Words_of_the_other_side_are_one_line_of_at_most_500_characters()
    {
        var report = Report($"Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 {new string('x', 480)}🎉{new string('y', 3_000)}\r\n\tz\r\n");
        var words = Assert.Single(report.Recipients).DiagnosticText;
        Assert.InRange(words.Length, 495, 500);
        Assert.True(Surrogates.AreWhole(words));
    }

    [Fact]
    public void More_than_500_recipients_are_not_listed()
    {
        var blocks = string.Concat(Enumerable.Range(0, 600).Select(i => string.Create(CultureInfo.InvariantCulture, $"Final-Recipient: rfc822;a{i}@b.example\r\nAction: failed\r\n\r\n")));
        Assert.Equal(500, Report(blocks).Recipients.Count);
    }

    [Fact]
    public void Returned_message_names_the_original() =>
        Assert.Equal("two@agents.example", Report("Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\n", "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\nMessage-ID: <two@agents.example>\r\n\r\nMessage-ID: <forged@x>\r\n").OriginalMessageId);

    [Fact]
    public void Status_part_in_base64_is_read()
    {
        var encoded = Convert.ToBase64String("Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822;a@b.example\r\nAction: failed\r\nStatus: 5.1.2\r\n"u8);
        var report = Mail.Read($"From: <>\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b--\r\n").Report;
        Assert.Equal("5.1.2", Assert.Single(report!.Recipients).Status);
    }

    [Fact]
    public void Domain_outside_ascii_is_reported_as_its_a_labels() =>
        Assert.Equal("bo@xn--bcher-kva.example", Assert.Single(Report("Final-Recipient: utf-8; bo@bücher.example\r\nAction: failed\r\n", type: "message/global-delivery-status").Recipients).Address);

    [Fact]
    public void Disposition_says_what_became_of_a_delivered_message()
    {
        var report = Report("Final-Recipient: rfc822;bo@example.org\r\nOriginal-Message-ID: <one@agents.example>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n", type: "message/disposition-notification");
        Assert.Equal(ReportKind.Disposition, report.Kind);
        Assert.Equal("one@agents.example", report.OriginalMessageId);
        Assert.Equal([new ReportedRecipient("bo@example.org", RecipientAction.Delivered, null, "displayed")], report.Recipients);
    }

    [Fact]
    public void Complaint_names_the_message_and_who_complained()
    {
        var report = Report("Feedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <bo@example.org>\r\nOriginal-Rcpt-To: <cy@example.org>\r\n", Returned, "message/feedback-report");
        Assert.Equal(ReportKind.Complaint, report.Kind);
        Assert.Equal("one@agents.example", report.OriginalMessageId);
        Assert.Equal(["bo@example.org", "cy@example.org"], report.Recipients.Select(r => r.Address));
        Assert.All(report.Recipients, r => Assert.Equal("abuse", r.DiagnosticText));
    }

    [Fact]
    public void Report_inside_a_forwarded_message_is_not_this_message_s()
    {
        var inner = "Content-Type: multipart/report; boundary=i\r\n\r\n--i\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822;a@b.example\r\nAction: failed\r\n--i--\r\n";
        Assert.Null(Mail.Read(ReaderTests.Multi("mixed", ReaderTests.Part("text/plain", "fyi"), ReaderTests.Part("message/rfc822", inner))).Report);
    }

    [Theory]
    [InlineData("Hi. This is the qmail-send program.\r\n\r\n<bo@example.org>:\r\nRemote host said: 550 5.1.1 no such user\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nReturn-Path: <ada@agents.example>\r\nMessage-ID: <one@agents.example>\r\n", "bo@example.org", "5.1.1", "one@agents.example")]
    [InlineData("A message that you sent could not be delivered:\r\n\r\n  bo@example.org\r\n    SMTP error from remote mail server after RCPT TO:<bo@example.org>:\r\n    host mx.example.org [192.0.2.5]: 452 4.2.2 over quota\r\n\r\n------ This is a copy of the message. ------\r\n\r\nReceived: from x\r\nMessage-Id: <one@agents.example>\r\n", "bo@example.org", "4.2.2", "one@agents.example")]
    [InlineData("There was an error delivering your mail to <bo@example.org>.\r\n\r\nmx.example.org [192.0.2.25] did not like our RCPT TO:\r\n550 unknown\r\n", "bo@example.org", "5.0.0", null)]
    [InlineData("Delivery failed: 554 5.7.1 refused\r\n", null, "5.7.1", null)]
    public void Plain_bounce_needs_a_null_path_and_a_status_code(string body, string? address, string status, string? id)
    {
        var raw = System.Text.Encoding.UTF8.GetBytes($"From: MAILER-DAEMON@mx.example.net\r\nSubject: failure notice\r\n\r\n{body}");
        var report = MessageReader.Read(raw, returnPath: string.Empty).Report;
        Assert.NotNull(report);
        Assert.Equal(ReportKind.PlainBounce, report.Kind);
        Assert.Equal(id, report.OriginalMessageId);
        var recipient = Assert.Single(report.Recipients);
        Assert.Equal((address, status), (recipient.Address, recipient.Status));
        Assert.Contains(status == "5.0.0" ? "550" : status, recipient.DiagnosticText, StringComparison.Ordinal);
        Assert.Null(MessageReader.Read(raw, returnPath: "a@b.example").Report);
        Assert.Null(MessageReader.Read(raw).Report);
    }

    [Fact]
    public void Each_recipient_of_a_plain_bounce_has_its_own_verdict()
    {
        var report = Mail.Read("Return-Path: <>\r\nFrom: x@y.example\r\n\r\n<a@b.example>:\r\n550 5.1.1 unknown\r\n\r\n<c@d.example>:\r\n421 4.3.2 later\r\n").Report;
        Assert.Equal([("a@b.example", RecipientAction.Failed), ("c@d.example", RecipientAction.Delayed)], report!.Recipients.Select(r => (r.Address!, r.Action)));
    }

    [Theory]
    [InlineData("I am away until Monday, call 555 1234 or 10.5.1.1.")]
    [InlineData("Version 5.10 of 4.1.2.3 is out.")]
    [InlineData("The invoice over 550 euros is attached.")]
    [InlineData("")]
    public void Automatic_mail_without_a_status_code_is_no_bounce(string body)
    {
        var read = Mail.Read($"Return-Path: <>\r\nFrom: x@y.example\r\n\r\n{body}\r\n");
        Assert.Null(read.Report);
        Assert.True(read.IsAutomatic);
    }

    [Fact]
    public void Report_whose_boundary_is_wrong_is_read_as_a_plain_bounce()
    {
        var read = Mail.Read("Return-Path: <>\r\nFrom: x@y.example\r\nContent-Type: multipart/report; boundary=one\r\n\r\n--two\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc/822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--two--\r\n");
        Assert.Equal([new ReportedRecipient("a@b.example", RecipientAction.Failed, "5.1.1", string.Empty)], read.Report!.Recipients);
        Assert.Contains("no_parts", read.Defects);
    }

    [Fact]
    public void Subject_is_never_evidence() =>
        Assert.Null(Mail.Read("Return-Path: <>\r\nFrom: x@y.example\r\nSubject: Undelivered Mail 550 5.1.1 <one@agents.example>\r\n\r\nx").Report);

    [Fact]
    public void Field_of_failed_recipients_is_believed_before_the_text()
    {
        var report = Mail.Read("Return-Path: <>\r\nX-Failed-Recipients: a@b.example, c@d.example\r\nFrom: x@y.example\r\n\r\nsorry\r\n  other@b.example\r\n550 5.1.1 unknown\r\n").Report;
        Assert.Equal(["a@b.example", "c@d.example"], report!.Recipients.Select(r => r.Address));
    }

    [Fact]
    public void Every_report_is_automatic_mail() => Assert.True(
        Mail.Read("From: x@y.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n--b--\r\n").IsAutomatic);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Work_grows_with_the_size_of_a_report_not_with_its_square(int kind)
    {
        Assert.InRange((double)Allocated(kind, 2_000) / Allocated(kind, 1_000), 0.5, 2.5);
    }

    private static long Allocated(int kind, int count)
    {
        var line = kind == 1 ? "Final-Recipient: rfc822;a@b.example\r\n x\r\n" : "<a@b.example>: 550 5.1.1 no\r\n";
        var body = string.Concat(Enumerable.Repeat(line, count));
        var raw = kind == 1
            ? $"From: x@y.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n{body}--b--\r\n"
            : $"Return-Path: <>\r\nFrom: x@y.example\r\n\r\n{body}";
        var bytes = System.Text.Encoding.UTF8.GetBytes(raw);
        _ = MessageReader.Read(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(MessageReader.Read(bytes).Report);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static DeliveryReport Report(string status, string returned = "", string type = "message/delivery-status")
    {
        var read = Mail.Read($"From: MAILER-DAEMON@mx.example.net\r\nSubject: report\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n--b\r\nContent-Type: {type}\r\n\r\n{status}{returned}--b--\r\n");
        Assert.NotNull(read.Report);
        return read.Report;
    }
}
