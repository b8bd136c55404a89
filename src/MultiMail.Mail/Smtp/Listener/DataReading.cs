namespace MultiMail.Mail;

/// <summary>How the reading of one message ended.</summary>
/// <param name="Bare">A CR or LF stood alone in it.</param>
/// <param name="End">Null = the final dot has come; else the session is over, after <paramref name="Reply"/> where there is somebody to hear it.</param>
internal readonly record struct DataEnd(bool Bare, SmtpSessionEnd? End = null, SmtpReply? Reply = null);

/// <summary>From 354 to the final dot (RFC 5321 §4.1.1.4), within a limit of time and size.</summary>
internal static class DataReading
{
    public static async ValueTask<DataEnd> RunAsync(SessionPipe line, MessageBuffer message, SmtpListenerOptions options)
    {
        var decoder = new DataDecoder();
        var start = line.Now;
        while (!decoder.Done)
        {
            var slowest = options.DataGrace + TimeSpan.FromSeconds((double)message.Seen / options.MinDataRate);
            var deadline = Math.Min(line.In(options.DataTimeout), line.After(start, slowest));
            switch (await line.HearAsync(deadline, stoppable: false).ConfigureAwait(false))
            {
                case Heard.Data:
                    Decode(line, decoder, message);
                    break;
                case Heard.TooSlow:
                    return new DataEnd(decoder.Bare, SmtpSessionEnd.TooSlow, SmtpReplies.TooSlow);
                default:
                    return new DataEnd(decoder.Bare, SmtpSessionEnd.Left);
            }

            // A sender that was told SIZE and goes on regardless is not listened to for ever.
            if (!decoder.Done && message.Seen > 2L * options.MaxMessageBytes)
            {
                return new DataEnd(decoder.Bare, SmtpSessionEnd.Broken, SmtpReplies.TooLarge);
            }
        }

        return new DataEnd(decoder.Bare);
    }

    private static void Decode(SessionPipe line, DataDecoder decoder, MessageBuffer message)
    {
        long taken = 0;
        foreach (var piece in line.Input)
        {
            taken += decoder.Feed(piece.Span, message);
            if (decoder.Done)
            {
                break;
            }
        }

        line.Advance(taken, wantMore: !decoder.Done);
    }
}
