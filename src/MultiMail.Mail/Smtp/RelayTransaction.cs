using MimeKit;

namespace MultiMail.Mail;

/// <summary>What the relay has said so far about one mail.</summary>
internal sealed class RelayTransaction
{
    private readonly MailEnvelope _envelope;
    private readonly RecipientReply?[] _final;
    private readonly Numbered[] _asked;

    public RelayTransaction(MailEnvelope envelope)
    {
        _envelope = envelope;
        _final = new RecipientReply?[envelope.Recipients.Count];
        _asked = [.. envelope.Recipients.Select((address, index) => new Numbered(address, index))];
        Sender = new MimeKit.MailboxAddress(string.Empty, envelope.ReturnPath);
    }

    public string? EnvelopeId => _envelope.EnvelopeId;

    /// <summary>RFC 3461 §5.2.1: about mail with a null path nobody is told.</summary>
    public bool WantsNotices => _envelope.ReturnPath.Length > 0;

    public MimeKit.MailboxAddress Sender { get; }

    /// <summary>Those without a final answer yet.</summary>
    public IEnumerable<MimeKit.MailboxAddress> Open => _asked.Where(a => _final[a.Index] is null);

    /// <summary>The relay has taken the sender, or refused somebody: from here on it is no stale connection.</summary>
    public bool Answered { get; set; }

    /// <summary>All octets of the message were handed to the connection: from here on a lost answer is unknown.</summary>
    public bool Written { get; set; }

    /// <summary>The relay's words when it refused the sender.</summary>
    public RelayReply? SenderReply { get; set; }

    /// <summary>A recipient's own answer; true while the relay goes on.</summary>
    public void Refuse(MimeKit.MailboxAddress recipient, RelayReply reply)
    {
        if (recipient is Numbered asked)
        {
            // An answer that is neither yes nor no is no reason to give up for good.
            var @class = reply.Class is ReplyClass.Refused ? ReplyClass.Refused : ReplyClass.Deferred;
            _final[asked.Index] = reply.To(_envelope.Recipients[asked.Index], @class);
        }
    }

    /// <summary>The same answer for all that have none of their own.</summary>
    public TransportResult Finish(ReplyClass @class, string status, string text, TransportTrouble trouble = TransportTrouble.None) =>
        new([.. _final.Select((reply, i) => reply ?? new RecipientReply(_envelope.Recipients[i], @class, status, text))], trouble);

    public TransportResult Finish(RelayReply reply, ReplyClass @class, TransportTrouble trouble = TransportTrouble.None) =>
        Finish(@class, reply.Status, reply.Text, trouble);

    /// <summary>MailKit hands the very object back with each answer.</summary>
    private sealed class Numbered(string address, int index) : MimeKit.MailboxAddress(string.Empty, address)
    {
        public int Index => index;

        public override InternetAddress Clone() => new Numbered(Address, index);
    }
}
