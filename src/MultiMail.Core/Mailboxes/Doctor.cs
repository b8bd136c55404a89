using System.Globalization;
using System.Security.Cryptography;
using MultiMail.Core.Node;
using MultiMail.Core.Notices;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>Tries what is set up, each thing 20 s at most and all at the same time, and says in sentences what works and what to do.</summary>
public sealed class Doctor
{
    private const string Secrets = "secrets";

    /// <summary>Messages passed over that are named one by one.</summary>
    private const int MostPassedOver = 10;
    private readonly CoreContext _core;
    private readonly Domains _domains;
    private readonly UnsubscribeSelfTest _unsubscribe;
    private readonly NoticeDesk _notices;

    internal Doctor(CoreContext core, Domains domains, UnsubscribeSelfTest unsubscribe, NoticeDesk notices)
    {
        _core = core;
        _domains = domains;
        _unsubscribe = unsubscribe;
        _notices = notices;
    }

    public async Task<DoctorReport> ExamineAsync(Principal person, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(person);
        var domains = DomainsAsync(person, cancellationToken);
        var parts = await Task.WhenAll(
            SecretsAsync(person, cancellationToken), RelayAsync(cancellationToken), LinksAsync(person, cancellationToken), PassedOverAsync(person, cancellationToken), ProfileAsync(person, cancellationToken)).ConfigureAwait(false);
        var (views, found) = await domains.ConfigureAwait(false);
        List<DoctorFinding> all = [.. parts.SelectMany(p => p), .. found, await _unsubscribe.FindingAsync(cancellationToken).ConfigureAwait(false), await NoticesAsync(person, cancellationToken).ConfigureAwait(false)];
        return new DoctorReport(all.TrueForAll(f => f.State != DoctorStates.Failure), all, views);
    }

    private async Task<IReadOnlyList<DoctorFinding>> SecretsAsync(Principal person, CancellationToken cancellationToken)
    {
        var account = await _core.Store.GetAccountAsync(person.Account, cancellationToken).ConfigureAwait(false);
        var findings = new List<DoctorFinding>();
        if (account is not null)
        {
            findings.Add(Opens(() => _core.Seal.Open(account.DataKeySealed, Commitments.AccountKeyPurpose))
                ? DoctorFinding.Ok(Secrets, "The sealed secrets open with this master key.")
                : DoctorFinding.Fail(Secrets, "The sealed secrets do not open with this master key.", "Name the master key that this database was made with: MULTIMAIL_MASTER_KEY_FILE."));
        }

        if (account is { PausedAt: not null })
        {
            findings.Add(DoctorFinding.Warn("sending", "Sending is paused for the whole account.", "A person resumes it."));
        }

        return findings;
    }

    private async Task<IReadOnlyList<DoctorFinding>> ProfileAsync(Principal person, CancellationToken cancellationToken)
    {
        const string Area = "profile";
        return (await _core.Profiles.OfAsync(person.Account, cancellationToken).ConfigureAwait(false)).HasPostalAddress
            ? [DoctorFinding.Ok(Area, "Mail to the outside says who sends it.")]
            : [DoctorFinding.Warn(Area, "Nobody has set who sends: mail to the outside is refused, mail between mailboxes here is not.", ErrorCatalog.Of(ErrorCodes.NeedsProfile).Fix)];
    }

    private async Task<IReadOnlyList<DoctorFinding>> RelayAsync(CancellationToken cancellationToken)
    {
        const string Area = "relay";
        RelayEndpoint? relay;
        try
        {
            relay = await _core.Relay.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException)
        {
            return [DoctorFinding.Fail(Area, "The stored relay does not open with this master key.", "Set it again: multimail relay set URL.")];
        }

        if (relay is null)
        {
            return [DoctorFinding.Info(Area, "There is no relay: mail to other servers leaves only from mailboxes that have a relay of their own.", "Set MULTIMAIL_SMTP_URL, or run: multimail relay set URL. A mailbox that you have elsewhere brings its own: multimail mailbox create ADDRESS --smtp URL --imap URL.")];
        }

        return Told(Area, $"The relay {relay}", await EndpointFields.CheckAsync(_core, relay, cancellationToken).ConfigureAwait(false), stopsSending: true);
    }

    private async Task<DoctorFinding> NoticesAsync(Principal person, CancellationToken cancellationToken)
    {
        const string Area = "notices";
        var status = await _notices.OfAsync(person.Account, cancellationToken).ConfigureAwait(false);
        return status switch
        {
            { Address: null, Problem: { } none } => DoctorFinding.Info(Area, none.Sentence, none.Fix),
            { Problem: { } problem } => DoctorFinding.Warn(Area, problem.Sentence, problem.Fix),
            { Failure: { } failure } => DoctorFinding.Warn(Area, $"The last notice to {status.Address} did not go out: {failure}", "Try it: multimail profile notify-test."),
            { Through: { } mailbox } => DoctorFinding.Ok(Area, $"People are told at {status.Address}, through the relay of {mailbox}."),
            _ => DoctorFinding.Ok(Area, $"People are told at {status.Address}, by {status.From}."),
        };
    }

    private async Task<IReadOnlyList<DoctorFinding>> LinksAsync(Principal person, CancellationToken cancellationToken)
    {
        var views = await _core.Links.ListAsync(person, cancellationToken).ConfigureAwait(false);
        var found = await Task.WhenAll(views.Select(v => LinkAsync(person, v, cancellationToken))).ConfigureAwait(false);
        return [.. found.SelectMany(f => f), .. await OfSettingsAsync(views, cancellationToken).ConfigureAwait(false)];
    }

    private async Task<IReadOnlyList<DoctorFinding>> LinkAsync(Principal person, MailboxLinkView view, CancellationToken cancellationToken)
    {
        const string Area = "mailbox";
        if (!view.Readable)
        {
            return [DoctorFinding.Fail(Area, $"{view.Address}: its relay and source do not open with this master key.", $"Link it again: multimail mailbox link {view.Address} --smtp URL --imap URL.")];
        }

        var mailbox = await _core.Reach.GetAsync(person, view.MailboxId, "mailbox", cancellationToken).ConfigureAwait(false);
        var open = await _core.Links.OpenAsync(mailbox, cancellationToken).ConfigureAwait(false);
        var (relay, source) = (EndpointFields.CheckAsync(_core, open.Relay, cancellationToken), EndpointFields.CheckAsync(_core, open.Source, cancellationToken));
        var findings = new List<DoctorFinding>();
        if (open.Relay is not null)
        {
            findings.AddRange(Told(Area, $"{view.Address}: its relay {view.Relay}", await relay.ConfigureAwait(false), stopsSending: true));
        }

        if (open.Source is not null)
        {
            findings.AddRange(Told(Area, $"{view.Address}: its source {view.Source}", await source.ConfigureAwait(false), stopsSending: false));
        }

        if (view.Warning is not null)
        {
            findings.Add(DoctorFinding.Warn(Area, $"{view.Address}: {view.Warning}", "Sign in as the mailbox's own address, or have the provider allow it as an alias."));
        }

        return findings;
    }

    /// <summary>What lies in a folder elsewhere and could not be fetched, newest first.</summary>
    private async Task<IReadOnlyList<DoctorFinding>> PassedOverAsync(Principal person, CancellationToken cancellationToken)
    {
        const string Fix = "Look at it there with another mail program.";
        var passedOver = await _core.Store.QuarantinedUidsAsync(person.Account, MostPassedOver + 1, cancellationToken).ConfigureAwait(false);
        var findings = passedOver.Take(MostPassedOver)
            .Select(q => DoctorFinding.Warn("sources", string.Create(CultureInfo.InvariantCulture, $"{q.Source}: the message with UID {q.Uid} (UIDVALIDITY {q.UidValidity}) was passed over on {q.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC. {q.Reason}"), Fix))
            .ToList();
        if (passedOver.Count > MostPassedOver)
        {
            findings.Add(DoctorFinding.Info("sources", $"More than these {MostPassedOver} messages were passed over."));
        }

        return findings;
    }

    /// <summary>The source of the settings, while no mailbox is fed from it.</summary>
    private async Task<IReadOnlyList<DoctorFinding>> OfSettingsAsync(IReadOnlyList<MailboxLinkView> linked, CancellationToken cancellationToken)
    {
        const string Area = "mailbox";
        if (_core.Options.Source is not { } source)
        {
            return [];
        }

        if (EnvironmentMailbox.AddressOf(_core.Options) is not { } address)
        {
            return [DoctorFinding.Warn(Area, "MULTIMAIL_IMAP_URL is set, but its login is no e-mail address, so no mailbox is fed from it.", "Name the mailbox: multimail mailbox create ADDRESS --smtp URL --imap URL.")];
        }

        return linked.Any(l => string.Equals(l.Address, address, StringComparison.OrdinalIgnoreCase))
            ? []
            : [
                DoctorFinding.Info(Area, $"{address} becomes a mailbox when a node starts with these settings.", "Start one: multimail serve, or an MCP client."),
                .. Told(Area, $"{address}: its source {source}", await EndpointFields.CheckAsync(_core, source, cancellationToken).ConfigureAwait(false), stopsSending: false),
            ];
    }

    private async Task<(IReadOnlyList<DomainView> Views, IReadOnlyList<DoctorFinding> Found)> DomainsAsync(Principal person, CancellationToken cancellationToken)
    {
        var all = await _core.Store.DomainsAsync(person.Account, cancellationToken).ConfigureAwait(false);
        var views = await Task.WhenAll(all.Select(d => _domains.LookAsync(d, person.LeafActor, cancellationToken))).ConfigureAwait(false);
        return (views, [.. views.SelectMany(Told)]);
    }

    private static IEnumerable<DoctorFinding> Told(DomainView domain)
    {
        const string Area = "domain";
        var fix = $"Publish the records of: multimail domain check {domain.Name}";
        yield return domain.State == "verified"
            ? DoctorFinding.Ok(Area, $"{domain.Name} is verified.")
            : DoctorFinding.Warn(Area, $"{domain.Name} is not verified: its mail reaches this server's mailboxes only.", fix);
        foreach (var record in domain.Records.Where(r => r.State != "found"))
        {
            yield return record.State == "unknown"
                ? DoctorFinding.Warn(Area, $"{domain.Name}: whether the {record.Purpose.ToUpperInvariant()} record is there cannot be told now. {record.Remark}".TrimEnd(), "Try again when DNS answers.")
                : DoctorFinding.Warn(Area, $"{domain.Name}: the {record.Purpose.ToUpperInvariant()} record {record.Name} is {record.State}. {record.Remark}".TrimEnd(), fix);
        }
    }

    private static IReadOnlyList<DoctorFinding> Told(string area, string subject, EndpointCheck? check, bool stopsSending) => check switch
    {
        null => [DoctorFinding.Warn(area, $"{subject} is set; this process cannot try it.", "Run doctor with the program that serves.")],
        { Works: true } => [DoctorFinding.Ok(area, $"{subject} answers and lets us in.")],
        _ when stopsSending => [DoctorFinding.Fail(area, $"{subject} does not work: {check.Detail}", EndpointAdvice.For(check.Code))],
        _ => [DoctorFinding.Warn(area, $"{subject} does not work: {check.Detail}", EndpointAdvice.For(check.Code))],
    };

    private static bool Opens(Func<byte[]> open)
    {
        try
        {
            open();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
