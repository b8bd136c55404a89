using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>Why a relay is left alone for now.</summary>
/// <param name="Code">For the recipients' status.</param>
internal sealed record RelayRest(DateTimeOffset Until, string Code, string Detail);

/// <summary>
/// What this process has seen of one relay, so that a thousand messages do not each find out that it does not work. One message
/// tries again when the rest is over; the others wait for what it learns.
/// </summary>
internal sealed class RelayHealth
{
    private const int Patience = 3;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);
    private int _failures;
    private RelayRest? _rest;

    /// <summary>The last attempts failed: no more than one at a time finds out whether it works again.</summary>
    public bool Troubled => _rest is not null;

    public RelayRest? RestAt(DateTimeOffset now) => _rest is { } rest && now < rest.Until ? rest : null;

    public void Note(TransportResult result, DateTimeOffset now)
    {
        if (Verdicts.CodeOf(result.Trouble) is not { } code)
        {
            (_failures, _rest) = (0, null);
            return;
        }

        _failures++;
        var detail = result.Recipients.Count > 0 ? result.Recipients[0].Text : string.Empty;
        if (result.Trouble is TransportTrouble.SignInRefused)
        {
            _rest = new RelayRest(now + RetrySchedule.SignInWait, code, detail);
        }
        else if (_failures >= Patience)
        {
            var minutes = TimeSpan.FromMinutes(1 << Math.Min(_failures - Patience, 4));
            _rest = new RelayRest(now + (minutes < LongestRest ? minutes : LongestRest), code, detail);
        }
    }
}
