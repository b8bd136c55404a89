using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// One connection to our listener: RFC 5321 as a receiver of final mail. Offers PIPELINING (RFC 2920), SIZE, 8BITMIME,
/// ENHANCEDSTATUSCODES and, when the host can, STARTTLS; no SMTPUTF8, since no address of ours has a local part outside ASCII.
/// No reply repeats a client's words. Runs over any pipe; holds no thread while it waits.
/// </summary>
/// <param name="pipe">The connection. The host completes it afterwards.</param>
/// <param name="client">Whose connection it is.</param>
/// <param name="secure">Makes TLS of it; null = STARTTLS is not offered.</param>
public sealed class SmtpSession(IDuplexPipe pipe, IPAddress client, ISmtpAcceptor acceptor, SmtpListenerOptions options, SmtpTlsUpgrade? secure, TimeProvider clock)
{
    private SessionPipe _line = null!; // set by RunAsync, which everything else runs under
    private IDuplexPipe _pipe = pipe;
    private CancellationToken _abort;
    private SmtpSessionEnd? _end;
    private string? _helo;
    private bool _extended;
    private bool _tls;
    private SmtpTransaction? _transaction;
    private int _errors;
    private int _idle;
    private int _accepted;
    private bool _asking; // the acceptor has the word: what goes wrong now is not the connection

    /// <summary>Runs the session to its end. What the client does is no exception; a fault of the acceptor is, after the client was told 451.</summary>
    /// <param name="stopping">The node ends: whoever waits between commands is told 421; a message on its way may still come in.</param>
    /// <param name="abort">Nothing may take longer.</param>
    public async Task<SmtpSessionSummary> RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        using var line = new SessionPipe(_pipe, clock, options.CommandTimeout, stopping);
        (_line, _abort) = (line, abort);
        try
        {
            await GreetAsync().ConfigureAwait(false);
            while (_end is null)
            {
                await StepAsync().ConfigureAwait(false);
            }

            await _line.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException || (e is IOException && !_asking))
        {
            _end ??= SmtpSessionEnd.Left; // the connection is gone
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await ConfessAsync().ConfigureAwait(false);
            throw;
        }

        return new SmtpSessionSummary(_accepted, _errors, _tls, _end ?? SmtpSessionEnd.Left);
    }

    private async ValueTask ConfessAsync()
    {
        _line.Say(SmtpReplies.OurFault);
        try
        {
            await _line.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody is there to be told; the fault itself is what the host hears of.
        }
    }

    private async ValueTask GreetAsync()
    {
        // RFC 5321 §4.3.1: the client waits for the greeting. Who does not sends blindly, whatever we answer.
        if (options.GreetingPause > TimeSpan.Zero)
        {
            switch (await _line.HearAsync(_line.In(options.GreetingPause), stoppable: true).ConfigureAwait(false))
            {
                case Heard.Data:
                    Close(SmtpReplies.EarlyTalk, SmtpSessionEnd.Broken);
                    return;
                case Heard.End:
                    _end = SmtpSessionEnd.Left;
                    return;
                default:
                    break;
            }
        }
        else if (_line.Waits())
        {
            Close(SmtpReplies.EarlyTalk, SmtpSessionEnd.Broken);
            return;
        }

        _line.Say(Encoding.ASCII.GetBytes($"220 {options.ServerName} ESMTP\r\n"));
    }

    /// <summary>One command and its reply.</summary>
    private async ValueTask StepAsync()
    {
        var deadline = _line.In(options.CommandTimeout);
        string? command = null;
        while (command is null && _end is null)
        {
            switch (await _line.HearAsync(deadline, stoppable: true).ConfigureAwait(false))
            {
                case Heard.Data:
                    command = NextCommand();
                    break;
                case Heard.TooSlow:
                    Close(SmtpReplies.TooSlow, SmtpSessionEnd.TooSlow);
                    break;
                case Heard.Stopping:
                    Close(SmtpReplies.Stopping, SmtpSessionEnd.Stopped);
                    break;
                default:
                    _end = SmtpSessionEnd.Left;
                    break;
            }
        }

        if (command is not null && await AnswerAsync(SmtpCommand.Parse(command)).ConfigureAwait(false) is { } reply)
        {
            Tell(reply);
        }
    }

    /// <summary>Null when there is none: the line has not ended, or it was no command at all and has been answered.</summary>
    private string? NextCommand()
    {
        var fault = CommandFrame.Take(_line.Input, out var length, out var line);
        _line.Advance(length, wantMore: fault is FrameFault.Incomplete);
        switch (fault)
        {
            case FrameFault.None:
                return line;
            case FrameFault.TooLong:
                Close(SmtpReplies.TooLong, SmtpSessionEnd.Broken);
                return null;
            case FrameFault.BareLineEnd:
                Close(SmtpReplies.BareLineEnd, SmtpSessionEnd.Broken);
                return null;
            case FrameFault.NotPrintable:
                Tell(SmtpReplies.Unreadable);
                return null;
            default:
                return null;
        }
    }

    /// <returns>Null when the command has answered by itself.</returns>
    private async ValueTask<SmtpReply?> AnswerAsync(SmtpCommand command)
    {
        if (++_idle > options.MaxIdleCommands)
        {
            return SmtpReplies.Idle;
        }

        switch (command.Verb)
        {
            case "EHLO" or "HELO":
                return Hello(command);
            case "MAIL":
                return Mail(command.Rest);
            case "RCPT":
                return await RecipientAsync(command.Rest).ConfigureAwait(false);
            case "DATA":
                return await DataAsync(command.Rest).ConfigureAwait(false);
            case "RSET":
                return Reset(command.Rest);
            case "STARTTLS":
                return await SecureAsync(command.Rest).ConfigureAwait(false);
            case "QUIT":
                Close(SmtpReplies.Bye, SmtpSessionEnd.Left);
                return null;
            case "GET" or "POST" or "PUT" or "HEAD" or "OPTIONS" or "CONNECT":
                // A browser or proxy was talked into speaking to us: nothing in what follows is meant as mail.
                Close(SmtpReplies.NotThisProtocol, SmtpSessionEnd.Broken);
                return null;
            default:
                return Simple(command.Verb);
        }
    }

    private static SmtpReply Simple(string verb) => verb switch
    {
        "NOOP" => SmtpReplies.Done,
        "HELP" => SmtpReplies.Helped,
        "VRFY" => SmtpReplies.NotVerified, // RFC 5321 §7.3: nobody learns who has a mailbox
        "EXPN" or "AUTH" or "BDAT" or "ETRN" or "TURN" or "SEND" or "SOML" or "SAML" => SmtpReplies.NotOffered,
        _ => SmtpReplies.Unknown,
    };

    private SmtpReply? Hello(SmtpCommand command)
    {
        if (!HelloName.IsValid(command.Rest))
        {
            return SmtpReplies.Arguments;
        }

        if (PipelinedAfter())
        {
            return null;
        }

        _helo = command.Rest;
        _extended = command.Verb == "EHLO";
        _transaction = null; // RFC 5321 §4.1.4: as RSET
        if (!_extended)
        {
            return new SmtpReply(250, null, options.ServerName);
        }

        var offer = secure is not null && !_tls ? "250-STARTTLS\r\n" : string.Empty;
        _line.Say(Encoding.ASCII.GetBytes(
            $"250-{options.ServerName}\r\n250-PIPELINING\r\n250-SIZE {options.MaxMessageBytes}\r\n{offer}250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n"));
        return null;
    }

    private SmtpReply Mail(string rest)
    {
        if (_helo is null || _transaction is not null)
        {
            return _helo is null ? SmtpReplies.NoGreeting : SmtpReplies.NestedMail;
        }

        if (!PathArgument.TryParse(rest, "FROM:", out var from))
        {
            return SmtpReplies.Arguments;
        }

        // RFC 5321 §4.1.1.2: parameters belong to the extended protocol.
        if (!_extended && from.Parameters.Count > 0)
        {
            return SmtpReplies.UnknownParameter;
        }

        if (MailParameters.Fault(from.Parameters, options.MaxMessageBytes) is { } fault)
        {
            return fault;
        }

        var sender = string.Empty;
        if (from.Path.Length > 0 && !from.TryAddress(out sender))
        {
            return SmtpReplies.BadSender;
        }

        _transaction = new SmtpTransaction(client, _helo, sender, _tls);
        return SmtpReplies.SenderTaken;
    }

    private async ValueTask<SmtpReply> RecipientAsync(string rest)
    {
        if (_transaction is null)
        {
            return SmtpReplies.NoSender;
        }

        if (!PathArgument.TryParse(rest, "TO:", out var to))
        {
            return SmtpReplies.Arguments;
        }

        if (to.Parameters.Count > 0)
        {
            return SmtpReplies.UnknownParameter;
        }

        // RFC 5321 §4.5.1: postmaster without a domain is always an address.
        var postmaster = to.Path.Equals("postmaster", StringComparison.OrdinalIgnoreCase);
        var address = postmaster ? "postmaster" : string.Empty;
        if (!postmaster && !to.TryAddress(out address))
        {
            return SmtpReplies.BadRecipient;
        }

        if (_transaction.Recipients >= options.MaxRecipients)
        {
            return SmtpReplies.TooManyRecipients;
        }

        _asking = true;
        var verdict = await acceptor.CheckRecipientAsync(_transaction.Envelope, address, _abort).ConfigureAwait(false);
        _asking = false;
        if (verdict is RecipientVerdict.Accept)
        {
            _transaction.Add(address);
        }

        return SmtpReplies.Of(verdict);
    }

    private SmtpReply Reset(string rest)
    {
        if (rest.Length > 0)
        {
            return SmtpReplies.Arguments;
        }

        _transaction = null;
        return SmtpReplies.Done;
    }

    private async ValueTask<SmtpReply?> DataAsync(string rest)
    {
        if (rest.Length > 0)
        {
            return SmtpReplies.Arguments;
        }

        if (_transaction is null or { Recipients: 0 })
        {
            return _transaction is null ? SmtpReplies.NoSender : SmtpReplies.NoRecipients;
        }

        if (PipelinedAfter())
        {
            return null;
        }

        _line.Say(SmtpReplies.GoAhead);
        using var message = new MessageBuffer(options.MaxMessageBytes, options.Memory);
        var envelope = _transaction.Envelope;
        _transaction = null;
        var data = await DataReading.RunAsync(_line, message, options).ConfigureAwait(false);
        if (data.End is null)
        {
            return await JudgeAsync(envelope, data.Bare, message).ConfigureAwait(false);
        }

        _end = data.End;
        if (data.Reply is { } farewell)
        {
            _line.Say(farewell);
        }

        return null;
    }

    private async ValueTask<SmtpReply> JudgeAsync(InboundEnvelope envelope, bool bare, MessageBuffer message)
    {
        if (message.TooLarge || bare)
        {
            return message.TooLarge ? SmtpReplies.TooLarge : SmtpReplies.BareInMessage;
        }

        if (message.NoRoom)
        {
            return SmtpReplies.NoStorage;
        }

        if (TraceFields.IsLoop(message.Bytes.Span))
        {
            return SmtpReplies.Loop;
        }

        _asking = true;
        var result = await acceptor.AcceptAsync(envelope, message.Bytes, _abort).ConfigureAwait(false);
        _asking = false;
        if (result.Outcome is AcceptOutcome.Accepted)
        {
            _accepted++;
            _idle = 0;
        }

        return SmtpReplies.Of(result);
    }

    private async ValueTask<SmtpReply?> SecureAsync(string rest)
    {
        if (secure is null || _tls || rest.Length > 0)
        {
            return secure is null ? SmtpReplies.NotOffered : _tls ? SmtpReplies.TlsAlready : SmtpReplies.Arguments;
        }

        // What came in clear must not be read as if it had come under TLS.
        if (PipelinedAfter())
        {
            return null;
        }

        _line.Say(SmtpReplies.ReadyForTls);
        await _line.FlushAsync().ConfigureAwait(false);
        _pipe = await secure(_pipe, _abort).ConfigureAwait(false);
        _line.Switch(_pipe);
        (_tls, _helo, _extended, _transaction) = (true, null, false, null); // RFC 3207 §4.2: all that was said before is forgotten
        return null;
    }

    /// <summary>RFC 2920 §3.1: EHLO, DATA and STARTTLS end a group of commands. True when something follows all the same: the session is over.</summary>
    private bool PipelinedAfter()
    {
        if (!_line.Waits())
        {
            return false;
        }

        Close(SmtpReplies.Pipelined, SmtpSessionEnd.Broken);
        return true;
    }

    private void Tell(SmtpReply reply)
    {
        if (reply.IsRefusal && ++_errors > options.MaxErrors)
        {
            Close(SmtpReplies.TooManyErrors, SmtpSessionEnd.TooManyErrors);
        }
        else
        {
            _line.Say(reply);
        }
    }

    private void Close(SmtpReply reply, SmtpSessionEnd end)
    {
        _line.Say(reply);
        _end = end;
    }
}
