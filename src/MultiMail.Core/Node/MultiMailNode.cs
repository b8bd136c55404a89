using MultiMail.Core.Notices;
using MultiMail.Core.Compliance;
using MultiMail.Core.Evidence;
using MultiMail.Core.Contacts;
using MultiMail.Core.Inbound;
using MultiMail.Core.Pausing;
using MultiMail.Core.Privacy;
using MultiMail.Core.Profile;
using MultiMail.Core.Storage;
using MultiMail.Core.Templates;
using MultiMail.Core.Suppression.Reputation;

namespace MultiMail.Core.Node;

/// <summary>
/// The product as the edges see it: one object per capability over one store. An edge authenticates, calls one method,
/// and translates the answer or the <see cref="RefusalException"/>.
/// </summary>
public sealed class MultiMailNode
{
    public required CoreOptions Options { get; init; }

    public required PublicIds Ids { get; init; }

    public required IStore Store { get; init; }

    public required Installation Installation { get; init; }

    /// <summary>Send, reply, cancel, status.</summary>
    public required Submissions Submissions { get; init; }

    /// <summary>Save, change, submit what has not left.</summary>
    public required Drafts Drafts { get; init; }

    /// <summary>What would become of a submission.</summary>
    public required Preview Preview { get; init; }

    /// <summary>List, read, thread, search, tag, wait.</summary>
    public required Inbox Inbox { get; init; }

    /// <summary>What waits for a person.</summary>
    public required PendingQueue Pending { get; init; }

    public required DecisionDesk Decisions { get; init; }

    public required MailboxDirectory Mailboxes { get; init; }

    /// <summary>Changes that loosen something and wait for a person.</summary>
    public required ChangeRequests Requests { get; init; }

    /// <summary>Mailboxes hosted elsewhere.</summary>
    public required MailboxLinks Links { get; init; }

    /// <summary>The relay for mail of own domains.</summary>
    public required InstallationRelay Relay { get; init; }

    public required Domains Domains { get; init; }

    /// <summary>What is set up, what is missing, and whether it works.</summary>
    public required Doctor Doctor { get; init; }

    /// <summary>Who sends, and where people are notified.</summary>
    public required SenderProfiles Profiles { get; init; }

    /// <summary>Mail that tells people what waits for them.</summary>
    public required NoticeDesk Notices { get; init; }

    public required KeyRing Keys { get; init; }

    /// <summary>The keys that mail is signed with.</summary>
    public required SigningKeys SigningKeys { get; init; }

    /// <summary>What strangers may ask about an agent.</summary>
    public required AgentDirectory Agents { get; init; }

    /// <summary>Who really sent a message.</summary>
    public required MailVerification Verification { get; init; }

    public required People People { get; init; }

    public required AuditTrail Audit { get; init; }

    /// <summary>The addresses that nothing is sent to.</summary>
    public required Suppressions Suppressions { get; init; }

    /// <summary>Stops sending, and lets it go on.</summary>
    public required PauseSwitch Pauses { get; init; }

    /// <summary>What speaks for and against a looser mode.</summary>
    public required EvidenceDesk Evidence { get; init; }

    /// <summary>Mails that test the reviewers.</summary>
    public required Canaries Canaries { get; init; }

    /// <summary>Whom the account writes to.</summary>
    public required ContactBook Contacts { get; init; }

    /// <summary>Texts with variables.</summary>
    public required TemplateLibrary Templates { get; init; }

    /// <summary>Unsubscribing by link, for which nobody signs in.</summary>
    public required Unsubscribing Unsubscribing { get; init; }

    /// <summary>Whether the links work from outside.</summary>
    public required UnsubscribeSelfTest UnsubscribeSelfTest { get; init; }

    /// <summary>Bounces and complaints of mailboxes.</summary>
    public required Reputations Reputation { get; init; }

    /// <summary>Whom mailboxes may write to and get mail from.</summary>
    public required AccessRules Rules { get; init; }

    /// <summary>What would happen to mail.</summary>
    public required PolicyReader Policy { get; init; }

    /// <summary>What is kept about somebody, and its end.</summary>
    public required PrivacyDesk Privacy { get; init; }

    /// <summary>How long mailboxes keep their mail.</summary>
    public required Retention Retention { get; init; }

    public required DeliveryWorker Delivery { get; init; }

    /// <summary>What the SMTP listener asks and gives its mail to.</summary>
    public required SmtpDoor SmtpDoor { get; init; }

    /// <summary>Mail that is fetched from mailboxes elsewhere.</summary>
    public required ImapSources Sources { get; init; }

    /// <summary>What happens because time passed: expiry, checkpoints.</summary>
    public required Clockwork Clockwork { get; init; }

    /// <summary>Wires one node over an open store. <paramref name="options"/>' public URL may be set later.</summary>
    public static MultiMailNode Create(IStore store, CoreOptions options, TimeProvider clock)
    {
        var core = new CoreContext(store, options, clock);
        var commitments = new Commitments(core);
        var keys = new LogKeys(core);
        var clockwork = new Clockwork(core, keys);
        var domains = new Domains(core);
        var mailboxes = new MailboxDirectory(core);
        var inbound = new InboundMail(core, commitments);
        var agents = new AgentDirectory(core);
        var selfTest = new UnsubscribeSelfTest(core);
        var notices = new NoticeDesk(core);
        var suppressions = new Suppressions(core);
        var check = new SubmissionCheck(core);
        var freezing = new Freezing(core, new Composition(core));
        var line = new OutboundLine(core, check, freezing, commitments);
        var rules = new AccessRules(core);
        return new MultiMailNode
        {
            Options = options,
            Ids = core.Ids,
            Store = store,
            Installation = new Installation(core),
            Submissions = new Submissions(core, line),
            Drafts = new Drafts(core, line, new DraftKeeping(core, check, freezing)),
            Preview = new Preview(core, line),
            Inbox = new Inbox(core),
            Pending = new PendingQueue(core),
            Decisions = new DecisionDesk(core),
            Mailboxes = mailboxes,
            Requests = new ChangeRequests(core, mailboxes),
            Links = core.Links,
            Relay = core.Relay,
            Domains = domains,
            Doctor = new Doctor(core, domains, selfTest, notices),
            Profiles = core.Profiles,
            Notices = notices,
            Keys = new KeyRing(core),
            SigningKeys = core.SigningKeys,
            Agents = agents,
            Verification = new MailVerification(core, agents),
            People = new People(core),
            Audit = new AuditTrail(core, keys, commitments, clockwork),
            Suppressions = suppressions,
            Privacy = new PrivacyDesk(core, suppressions),
            Retention = new Retention(core),
            Pauses = new PauseSwitch(core),
            Evidence = new EvidenceDesk(core),
            Canaries = new Canaries(core, line),
            Contacts = new ContactBook(core),
            Templates = core.Templates,
            Unsubscribing = new Unsubscribing(core),
            UnsubscribeSelfTest = selfTest,
            Reputation = core.Reputation,
            Rules = rules,
            Policy = new PolicyReader(core, rules),
            Delivery = new DeliveryWorker(core, inbound, new DeliveryHead(new MessageSigner(core))),
            SmtpDoor = new SmtpDoor(core, inbound),
            Sources = new ImapSources(core, inbound),
            Clockwork = clockwork,
        };
    }
}
