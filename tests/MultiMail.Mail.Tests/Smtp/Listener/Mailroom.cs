using System.Text;

namespace MultiMail.Mail.Tests.Smtp.Listener;

/// <summary>Takes mail for anybody at agents.example whose name does not begin with "no".</summary>
internal sealed class Mailroom : ISmtpAcceptor
{
    public List<(InboundEnvelope Envelope, string Message)> Taken { get; } = [];

    public List<string> Asked { get; } = [];

    public AcceptOutcome Outcome { get; set; } = AcceptOutcome.Accepted;

    public RecipientVerdict? Verdict { get; set; }

    public Exception? Fault { get; set; }

    public ValueTask<RecipientVerdict> CheckRecipientAsync(InboundEnvelope envelope, string address, CancellationToken cancellationToken)
    {
        Asked.Add(address);
        return ValueTask.FromResult(Verdict ?? address switch
        {
            _ when address.StartsWith("no", StringComparison.Ordinal) => RecipientVerdict.NoSuchMailbox,
            _ when address == "postmaster" || address.EndsWith("@agents.example", StringComparison.Ordinal) => RecipientVerdict.Accept,
            _ => RecipientVerdict.NotHere,
        });
    }

    public ValueTask<AcceptResult> AcceptAsync(InboundEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        Taken.Add((envelope with { Recipients = [.. envelope.Recipients] }, Encoding.Latin1.GetString(message.Span)));
        return ValueTask.FromResult(new AcceptResult(Outcome, $"mail{Taken.Count}"));
    }
}
