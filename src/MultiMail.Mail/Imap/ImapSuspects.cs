using MailKit;
using MailKit.Net.Imap;

namespace MultiMail.Mail;

/// <summary>
/// Which messages a connection broke at. A batch that broke is fetched one by one; a message at which it breaks again is
/// given up. A broken network is no message's fault, so it counts less than a broken answer.
/// </summary>
internal sealed class ImapSuspects
{
    private const int Enough = 6;
    private const int BrokenAnswer = 3;
    private const int BrokenNetwork = 1;

    private readonly Dictionary<uint, int> _blame = [];
    private uint _uidValidity;
    private uint _aloneTo;

    /// <summary>UIDs mean something under one UIDVALIDITY only.</summary>
    public void Under(uint uidValidity)
    {
        if (_uidValidity != uidValidity)
        {
            _uidValidity = uidValidity;
            _blame.Clear();
            _aloneTo = 0;
        }
    }

    public void Blame(IReadOnlyList<uint> fetching, Exception fault)
    {
        if (fetching.Count == 1)
        {
            _blame[fetching[0]] = _blame.GetValueOrDefault(fetching[0]) + (IsOfTheAnswer(fault) ? BrokenAnswer : BrokenNetwork);
        }
        else if (fetching.Count > 1)
        {
            _aloneTo = Math.Max(_aloneTo, fetching[^1]);
        }
    }

    public bool MustBeAlone(uint uid) => uid <= _aloneTo || _blame.ContainsKey(uid);

    public bool IsGivenUp(uint uid) => _blame.GetValueOrDefault(uid) >= Enough;

    // BYE and a lost connection look alike to MailKit: both are ImapProtocolException.
    private static bool IsOfTheAnswer(Exception fault) =>
        fault is ImapProtocolException or ImapGuardException or ImapCommandException or MessageNotFoundException;
}
