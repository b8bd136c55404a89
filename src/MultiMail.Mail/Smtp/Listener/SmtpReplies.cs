namespace MultiMail.Mail;

/// <summary>What a session says. RFC 5321 §4.2 for the codes, RFC 3463 for the status.</summary>
internal static class SmtpReplies
{
    public static readonly SmtpReply Helped = new(214, "2.0.0", "See RFC 5321");
    public static readonly SmtpReply ReadyForTls = new(220, "2.0.0", "Ready to start TLS");
    public static readonly SmtpReply Bye = new(221, "2.0.0", "Bye");
    public static readonly SmtpReply Done = new(250, "2.0.0", "OK");
    public static readonly SmtpReply SenderTaken = new(250, "2.1.0", "Sender OK");
    public static readonly SmtpReply RecipientTaken = new(250, "2.1.5", "Recipient OK");
    public static readonly SmtpReply NotVerified = new(252, "2.0.0", "Send some mail, it is tried");
    public static readonly SmtpReply GoAhead = new(354, null, "End data with <CR><LF>.<CR><LF>");

    public static readonly SmtpReply Stopping = new(421, "4.3.2", "Service shutting down, closing");
    public static readonly SmtpReply TooSlow = new(421, "4.4.2", "Timeout, closing");
    public static readonly SmtpReply BareLineEnd = new(421, "4.5.2", "A CR or LF stands alone; lines end with CRLF, closing");
    public static readonly SmtpReply TooManyErrors = new(421, "4.7.0", "Too many errors, closing");
    public static readonly SmtpReply NotThisProtocol = new(421, "4.7.0", "This is a mail server, closing");

    public static readonly SmtpReply OurFault = new(451, "4.3.0", "Trouble of our own, try again later");
    public static readonly SmtpReply RecipientLater = new(451, "4.3.0", "Not now, try again later");
    public static readonly SmtpReply NoStorage = new(452, "4.3.1", "No room now, try again later");
    public static readonly SmtpReply TooManyRecipients = new(452, "4.5.3", "Too many recipients in one transaction");

    public static readonly SmtpReply Unknown = new(500, "5.5.1", "Command not recognized");
    public static readonly SmtpReply Unreadable = new(500, "5.5.2", "A command is printable ASCII");
    public static readonly SmtpReply TooLong = new(500, "5.5.2", "Line too long, closing");
    public static readonly SmtpReply Arguments = new(501, "5.5.4", "Syntax error in parameters");
    public static readonly SmtpReply NotOffered = new(502, "5.5.1", "Command not implemented");
    public static readonly SmtpReply NoGreeting = new(503, "5.5.1", "Send EHLO or HELO first");
    public static readonly SmtpReply NestedMail = new(503, "5.5.1", "There is a sender already");
    public static readonly SmtpReply NoSender = new(503, "5.5.1", "Send MAIL first");
    public static readonly SmtpReply TlsAlready = new(503, "5.5.1", "TLS is on already");
    public static readonly SmtpReply Idle = new(503, "5.5.1", "Too many commands without a message");
    public static readonly SmtpReply Pipelined = new(503, "5.5.1", "Wait for the answer to this command, closing");
    public static readonly SmtpReply NoSuchMailbox = new(550, "5.1.1", "No such mailbox here");
    public static readonly SmtpReply BareInMessage = new(550, "5.6.11", "The message has a CR or LF that stands alone");
    public static readonly SmtpReply TooLarge = new(552, "5.3.4", "Message too large");
    public static readonly SmtpReply BadSender = new(553, "5.1.7", "The sender is no address we take");
    public static readonly SmtpReply BadRecipient = new(553, "5.1.3", "The recipient is no address we take");
    public static readonly SmtpReply EarlyTalk = new(554, "5.5.1", "You spoke before the greeting, closing");
    public static readonly SmtpReply NoRecipients = new(554, "5.5.1", "No valid recipients");
    public static readonly SmtpReply Loop = new(554, "5.4.6", "Too many hops");
    public static readonly SmtpReply Refused = new(554, "5.6.0", "Message refused");
    public static readonly SmtpReply NoRelay = new(554, "5.7.1", "Nothing is relayed here");
    public static readonly SmtpReply UnknownParameter = new(555, "5.5.4", "Parameter not recognized");

    public static SmtpReply Of(RecipientVerdict verdict) => verdict switch
    {
        RecipientVerdict.Accept => RecipientTaken,
        RecipientVerdict.NoSuchMailbox => NoSuchMailbox,
        RecipientVerdict.NotHere => NoRelay,
        _ => RecipientLater,
    };

    public static SmtpReply Of(AcceptResult result) => result.Outcome switch
    {
        AcceptOutcome.Accepted => new SmtpReply(250, "2.0.0", $"OK {result.Id}"),
        AcceptOutcome.TryLater => NoStorage,
        _ => Refused,
    };
}
