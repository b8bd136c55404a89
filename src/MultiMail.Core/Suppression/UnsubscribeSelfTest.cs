using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Suppression;

/// <summary>What the public address answered.</summary>
/// <param name="Status">HTTP status; 0 = no answer.</param>
/// <param name="Body">Its beginning; the reason when there was no answer.</param>
public sealed record ProbeAnswer(int Status, string Body);

/// <summary>Calls the public address as a mailbox provider does: from outside where it can, without cookies, following no redirect.</summary>
public interface IUnsubscribeProbe
{
    Task<ProbeAnswer> GetAsync(Uri page, CancellationToken cancellationToken);

    /// <summary>With the one-click body of RFC 8058 §3.2, urlencoded.</summary>
    Task<ProbeAnswer> PostAsync(Uri page, CancellationToken cancellationToken);
}

/// <param name="Fault">What is wrong, a sentence; null = it works.</param>
public sealed record UnsubscribeCheck(DateTimeOffset At, string Url, string? Fault);

/// <summary>
/// CS-13: the page of the links works from outside: looking at it unsubscribes nobody, posting to it does, without a redirect. Tried at
/// start and daily, with a token of a list on which nobody is.
/// </summary>
public sealed class UnsubscribeSelfTest
{
    /// <summary>No mail is ever sent to this list, so only the test has a token of it.</summary>
    internal const string List = "self-test";

    private const string Area = "unsubscribe";
    private const string Arrival = "unsubscribe_test_arrival";
    private const string Result = "unsubscribe_test_result";
    private const char Separator = '\n';
    private const string FormMark = "name=\"List-Unsubscribe\"";

    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(15);

    private readonly CoreContext _core;
    private bool _tried; // by this process; its background loop is the one caller

    internal UnsubscribeSelfTest(CoreContext core) => _core = core;

    /// <summary>Tests when it is time: at the start of this process, daily, a quarter of an hour after a fault, and for a new address.</summary>
    /// <returns>Null when it was not tested now.</returns>
    public async Task<UnsubscribeCheck?> RunIfDueAsync(CancellationToken cancellationToken)
    {
        var url = _core.Options.PublicUrl;
        if (_core.Options.UnsubscribeProbe is not { } probe || !UnsubscribeLinks.IsPublic(url))
        {
            return null;
        }

        var last = await LastAsync(cancellationToken).ConfigureAwait(false);
        var due = last is null || last.Url != url ? default : last.At + (last.Fault is null ? Daily : AfterFault);
        if (_tried && due > _core.Clock.GetUtcNow())
        {
            return null;
        }

        _tried = true;
        return await RunAsync(probe, url, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the last test of any process found; null = none was made.</summary>
    public async Task<UnsubscribeCheck?> LastAsync(CancellationToken cancellationToken)
    {
        if (await _core.Store.MetaAsync(Result, cancellationToken).ConfigureAwait(false) is not { } kept)
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(kept).Split(Separator, 3);
        return new UnsubscribeCheck(
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), parts[1], parts[2].Length == 0 ? null : parts[2]);
    }

    internal static async ValueTask<bool> NoteArrivalAsync(IWriteUnit unit, string nonce)
    {
        await unit.SetMetaAsync(Arrival, Encoding.UTF8.GetBytes(nonce)).ConfigureAwait(false);
        return true;
    }

    internal async Task<DoctorFinding> FindingAsync(CancellationToken cancellationToken)
    {
        var url = _core.Options.PublicUrl;
        if (!UnsubscribeLinks.IsPublic(url))
        {
            return DoctorFinding.Info(Area, "There is no public https address: recipients unsubscribe by mail only, and commercial mail is refused.", "Set MULTIMAIL_PUBLIC_URL to the https address under which this server is reached.");
        }

        var last = await LastAsync(cancellationToken).ConfigureAwait(false);
        if (last is null || last.Url != url)
        {
            return DoctorFinding.Info(Area, $"The unsubscribe page under {url} was not tested yet.", "Start the node: multimail serve tests it.");
        }

        var when = last.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return last.Fault is null
            ? DoctorFinding.Ok(Area, $"The unsubscribe page under {url} worked on {when} UTC.")
            : DoctorFinding.Warn(Area, $"The unsubscribe page under {url} did not work on {when} UTC. {last.Fault}", "Let MULTIMAIL_PUBLIC_URL lead to this server, with its path unchanged and without a sign-in or a redirect before it.");
    }

    private async Task<UnsubscribeCheck> RunAsync(IUnsubscribeProbe probe, string url, CancellationToken cancellationToken)
    {
        var fault = await TryAsync(probe, cancellationToken).ConfigureAwait(false);
        var check = new UnsubscribeCheck(_core.Clock.GetUtcNow(), url, fault);
        var text = string.Create(CultureInfo.InvariantCulture, $"{check.At.ToUnixTimeMilliseconds()}{Separator}{url}{Separator}{fault}");
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.SetMetaAsync(Result, Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return check;
    }

    private async Task<string?> TryAsync(IUnsubscribeProbe probe, CancellationToken cancellationToken)
    {
        if (await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return "There is no account yet.";
        }

        var nonce = $"{RandomNumberGenerator.GetHexString(16, lowercase: true)}@self-test.invalid";
        var page = new Uri(_core.UnsubscribeLinks.UrlOf(new UnsubscribeGrant(account.Id, List, nonce)));
        var seen = await probe.GetAsync(page, cancellationToken).ConfigureAwait(false);
        if (seen.Status != 200 || !seen.Body.Contains(FormMark, StringComparison.Ordinal))
        {
            return Told("Looking at it", seen, "which is not our page");
        }

        if (await ArrivedAsync(nonce, cancellationToken).ConfigureAwait(false))
        {
            return "Looking at it unsubscribes already.";
        }

        var posted = await probe.PostAsync(page, cancellationToken).ConfigureAwait(false);
        if (posted.Status != 200)
        {
            return Told("The one-click call", posted, string.Empty);
        }

        return await ArrivedAsync(nonce, cancellationToken).ConfigureAwait(false) ? null : "The one-click call was answered and did not arrive here: another server answers.";
    }

    private async Task<bool> ArrivedAsync(string nonce, CancellationToken cancellationToken) =>
        await _core.Store.MetaAsync(Arrival, cancellationToken).ConfigureAwait(false) is { } kept && Encoding.UTF8.GetString(kept) == nonce;

    private static string Told(string what, ProbeAnswer answer, string otherwise) => answer.Status switch
    {
        0 => $"{what} got no answer: {answer.Body}",
        >= 300 and < 400 => string.Create(CultureInfo.InvariantCulture, $"{what} is redirected ({answer.Status})."),
        200 => $"{what} shows something, {otherwise}.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{what} is answered with {answer.Status}."),
    };
}
