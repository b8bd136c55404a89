using MultiMail.Core.Compliance;
using MultiMail.Core.Node;
using MultiMail.Core.Templates;
using MultiMail.Mail;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Messages;

internal sealed record EnvelopeRecipient(RecipientKind Kind, MailboxAddress Address);

/// <summary>A submission that is right: parsed, resolved, within bounds.</summary>
/// <param name="ContentSha256">Over everything that makes this request what it is; binds an idempotency key to it.</param>
/// <param name="ParentReferences">The parent's own References.</param>
/// <param name="AnswersAutomatic">A machine sent the parent, or it has no return path.</param>
internal sealed record CheckedSubmission(
    Mailbox Mailbox,
    MailboxAddress From,
    IReadOnlyList<MailboxAddress> To,
    IReadOnlyList<MailboxAddress> Cc,
    IReadOnlyList<MailboxAddress> Bcc,
    IReadOnlyList<EnvelopeRecipient> Envelope,
    string Subject,
    string? Text,
    string? Html,
    string? Markdown,
    IReadOnlyList<OutgoingAttachment> Attachments,
    string? Category,
    string? TransactionalBasis,
    string? Intent,
    DateTimeOffset? SendAt,
    string? IdempotencyKey,
    byte[] ContentSha256,
    Message? Parent,
    IReadOnlyList<string> ParentReferences,
    bool AnswersAutomatic)
{
    /// <summary>The template that subject and bodies were made from.</summary>
    public TemplateUse? Template { get; init; }

    /// <summary>The same as it was written, for the next edit.</summary>
    public required Authored Authored { get; init; }

    /// <summary>The draft that is submitted, or the waiting message that is changed; null for a new one.</summary>
    public Message? Before { get; init; }

    /// <summary>Every recipient is a mailbox of the same account on this server.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Who an answer to the parent goes to: its authors, and where they want answers.</summary>
    public IReadOnlyList<string> ParentAuthors { get; init; } = [];

    /// <summary>RFC 5646 tag of the language that it is written in; null = not said.</summary>
    public string? Language { get; init; }

    /// <summary>An agent submitted it first and a person edits it.</summary>
    public bool AgentDrafted { get; init; }
}

/// <summary>Checks a whole submission and reports every fault at once.</summary>
internal sealed class SubmissionCheck(CoreContext core)
{
    private readonly AttachmentSources _sources = new(core);

    public const int MaxWireBytes = 10_000_000;
    private const int MaxRecipients = 50;
    private const int MaxBodyChars = 1_000_000;
    private const int MaxSubject = 998;
    private const int MaxAttachments = 20;
    private const int MaxIntent = 500;

    /// <param name="before">The message whose content this is to be; null for a new one.</param>
    /// <param name="draft">It may be incomplete, and who can be reached is asked when it is sent.</param>
    public async Task<CheckedSubmission> CheckAsync(
        Principal principal, Submission given, Message? parent, CancellationToken cancellationToken, Message? before = null, bool draft = false)
    {
        var faults = new Faults();
        var mailbox = await core.Reach.FindAsync(principal, given.From, "from", faults, cancellationToken).ConfigureAwait(false);
        var from = mailbox is null ? null : FromOf(mailbox, given.From, faults);
        var (to, cc, bcc) = (Addresses("to", given.To, faults), Addresses("cc", given.Cc, faults), Addresses("bcc", given.Bcc, faults));
        var envelope = Envelope(to, cc, bcc, faults);
        var (references, automatic, authors) = parent is null ? ([], false, []) : await OfParentAsync(parent, cancellationToken).ConfigureAwait(false);
        var isInternal = false;
        if (!draft)
        {
            isInternal = await Reachability.CheckAsync(core, principal.Account, mailbox, [.. envelope.Take(MaxRecipients)], Categories.Effective(given.Category, parent, envelope, authors), faults, cancellationToken).ConfigureAwait(false);
            CheckComplete(given, to.Count > 0 || given.To.Any(t => !string.IsNullOrWhiteSpace(t)), faults);
            await CheckRulesAsync(mailbox, [.. envelope.Take(MaxRecipients)], faults, cancellationToken).ConfigureAwait(false);
        }

        CheckTexts(given, faults);
        var attachments = Attachments(await _sources.ResolveAsync(principal, given.Attachments, faults, cancellationToken).ConfigureAwait(false), faults);
        CheckAgent(given.AgentId, mailbox, faults);
        CheckCategory(given, faults);
        var sendAt = draft ? faults.Time("send_at", given.SendAt) : SendAt(given.SendAt, faults);
        IdempotencyKeys.Check(given.IdempotencyKey, faults);
        faults.ThrowIfAny();
        var authored = Authored.Of(given, attachments, parent);
        return new CheckedSubmission(
            mailbox!, from!, to, cc, bcc, envelope, given.Subject ?? string.Empty, given.Text, given.Html, given.Markdown, attachments, given.Category,
            given.TransactionalBasis, given.Intent, sendAt, given.IdempotencyKey, ContentHash(given, authored.Files, mailbox!, parent), parent, references, automatic)
        {
            Authored = authored,
            Before = before,
            Template = given.Template,
            IsInternal = isInternal,
            ParentAuthors = authors,
            Language = given.Language,
            AgentDrafted = before is not null && !core.Ids.TryParse<OperatorId>(before.SubmittedBy, out _),
        };
    }

    private async ValueTask CheckRulesAsync(Mailbox? mailbox, IReadOnlyList<EnvelopeRecipient> envelope, Faults faults, CancellationToken cancellationToken)
    {
        if (mailbox is null || envelope.Count == 0)
        {
            return;
        }

        var blocked = await core.Policy.BlockedAsync(mailbox, [.. envelope.Select(r => r.Address.AddrSpec)], cancellationToken).ConfigureAwait(false);
        foreach (var recipient in envelope.Where(r => blocked.Contains(r.Address.AddrSpec, StringComparer.Ordinal)))
        {
            faults.Add(ErrorCodes.RecipientBlocked, Reachability.FieldOf(recipient.Kind), $"A rule keeps mail from {recipient.Address.AddrSpec}.");
        }
    }

    private static MailboxAddress? FromOf(Mailbox mailbox, string? given, Faults faults)
    {
        var name = MailboxAddress.TryParse(given, out var written, out _) && written.DisplayName is not null ? written.DisplayName : mailbox.DisplayName;
        var text = string.IsNullOrEmpty(name) ? mailbox.Address : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{mailbox.Address}>";
        if (MailboxAddress.TryParse(text, out var address, out var fault))
        {
            return address;
        }

        faults.Add(ErrorCodes.InvalidAddress, "from", $"from cannot be written: {fault}");
        return null;
    }

    private static IReadOnlyList<MailboxAddress> Addresses(string field, IReadOnlyList<string> texts, Faults faults)
    {
        if (!MailboxAddress.TryParseList(texts, out var list, out var bad))
        {
            foreach (var fault in bad)
            {
                faults.Add(ErrorCodes.InvalidAddress, field, $"{field} holds \"{fault.Text}\", which is no e-mail address: {fault.Reason}");
            }
        }

        return list;
    }

    private static List<EnvelopeRecipient> Envelope(
        IReadOnlyList<MailboxAddress> to, IReadOnlyList<MailboxAddress> cc, IReadOnlyList<MailboxAddress> bcc, Faults faults)
    {
        var all = to.Select(a => new EnvelopeRecipient(RecipientKind.To, a))
            .Concat(cc.Select(a => new EnvelopeRecipient(RecipientKind.Cc, a)))
            .Concat(bcc.Select(a => new EnvelopeRecipient(RecipientKind.Bcc, a))).DistinctBy(r => r.Address).ToList();
        if (all.Count > MaxRecipients)
        {
            faults.Invalid("to", $"to, cc and bcc name {all.Count} recipients; {MaxRecipients} is the most.", "Send to fewer recipients.");
        }

        return all;
    }

    private static void CheckComplete(Submission given, bool addressed, Faults faults)
    {
        if (!addressed)
        {
            faults.Invalid("to", "to is missing.", "Give to at least one address.");
        }

        if (string.IsNullOrWhiteSpace(given.Subject))
        {
            faults.Invalid("subject", "subject is empty.", "Give subject 1 to 998 characters.");
        }

        if (string.IsNullOrWhiteSpace(given.Text) && string.IsNullOrWhiteSpace(given.Html) && string.IsNullOrWhiteSpace(given.Markdown))
        {
            faults.Invalid("text", "The message has no body.", "Give text, markdown or html.");
        }
    }

    private static void CheckTexts(Submission given, Faults faults)
    {
        faults.MaxLength("subject", given.Subject, MaxSubject);
        faults.MaxLength("intent", given.Intent, MaxIntent);
        if (given.Html is not null && given.Markdown is not null)
        {
            faults.Invalid("markdown", "html and markdown are both given.", "Give one of them; markdown makes the HTML itself.");
        }

        var chars = (given.Text?.Length ?? 0) + (given.Html?.Length ?? 0) + (given.Markdown?.Length ?? 0);
        if (chars > MaxBodyChars)
        {
            faults.Add(ErrorCodes.MessageTooLarge, "text", $"The bodies have {chars} characters; {MaxBodyChars} is the most.", "Shorten the body, or attach it as a file.");
        }
    }

    private static List<OutgoingAttachment> Attachments(IReadOnlyList<SubmittedAttachment> given, Faults faults)
    {
        if (given.Count > MaxAttachments)
        {
            faults.Invalid("attachments", $"There are {given.Count} attachments; {MaxAttachments} is the most.", "Send fewer attachments.");
        }

        var all = new List<OutgoingAttachment>();
        foreach (var (one, index) in given.Take(MaxAttachments).Select((a, i) => (a, i)))
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"attachments[{index}]");
            if (string.IsNullOrWhiteSpace(one.Filename))
            {
                faults.Invalid($"{field}.filename", "The attachment has no filename.", "Give each attachment a filename.");
            }

            var (name, type) = (one.Filename ?? string.Empty, one.ContentType ?? "application/octet-stream");
            if (one.Content is { } content)
            {
                all.Add(new OutgoingAttachment(name, type, content));
                continue;
            }

            if (one.ContentBase64 is null || !Base64.IsValid(one.ContentBase64))
            {
                faults.Invalid($"{field}.content_base64", "The attachment's content is not base64.", "Encode the file's bytes as standard base64.");
                continue;
            }

            all.Add(new OutgoingAttachment(name, type, Convert.FromBase64String(one.ContentBase64)));
        }

        if (all.Sum(a => (long)a.Content.Length) > MaxWireBytes * 3 / 4)
        {
            faults.Add(ErrorCodes.AttachmentTooLarge, "attachments", "The attachments together are larger than a message may be.");
        }

        return all;
    }

    private static void CheckAgent(string? agentId, Mailbox? mailbox, Faults faults)
    {
        if (agentId is not null && mailbox is not null && agentId != mailbox.AgentId)
        {
            faults.Invalid("agent_id", "agent_id is not this mailbox's.", "Leave agent_id out, or give the mailbox's own from list_mailboxes.");
        }
    }

    private static void CheckCategory(Submission given, Faults faults)
    {
        faults.OneOf("category", given.Category, "unclassified", "conversational", "transactional", "commercial");
        faults.OneOf("transactional_basis", given.TransactionalBasis, "none", "transaction", "safety", "account", "employment", "delivery");
        if (given.Category == "transactional" && given.TransactionalBasis is null)
        {
            faults.Invalid("transactional_basis", "A transactional message needs its basis.", "Set transactional_basis to transaction, safety, account, employment or delivery.");
        }

        if (given.Category != "transactional" && given.TransactionalBasis is not null)
        {
            faults.Invalid("transactional_basis", "transactional_basis goes with category transactional only.", "Leave it out, or set category to transactional.");
        }
    }

    private DateTimeOffset? SendAt(string? given, Faults faults)
    {
        var at = faults.Time("send_at", given);
        var now = core.Clock.GetUtcNow();
        if (at is { } time && (Assessment.TimingOf(time, now) is Timing.Missed || time > now.AddYears(1)))
        {
            faults.Invalid("send_at", "send_at is in the past or more than a year away.", "Give a time from now up to one year ahead, or leave send_at out to send now.");
        }

        return at;
    }

    private async Task<(IReadOnlyList<string> References, bool IsAutomatic, IReadOnlyList<string> Authors)> OfParentAsync(Message parent, CancellationToken cancellationToken)
    {
        if (await core.Store.RawAsync(parent.Account, parent.RawSha256, cancellationToken).ConfigureAwait(false) is not { } raw)
        {
            return ([], false, []);
        }

        var source = await core.Store.SourceAsync(parent.Account, parent.Id, cancellationToken).ConfigureAwait(false);
        var read = MessageReader.Read(raw, source?.ReturnPath);
        return ([.. read.References.Select(ParentIds.Writable).OfType<string>()], parent.Direction is Direction.Inbound && read.IsAutomatic,
            [.. read.Authors.Concat(read.ReplyTo).Select(a => a.AddrSpec).OfType<string>()]);
    }

    private static byte[] ContentHash(Submission given, IReadOnlyList<AuthoredFile> files, Mailbox mailbox, Message? parent)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string? text)
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? "\0none");
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        foreach (var list in (IReadOnlyList<string>[])[[mailbox.Address], given.To, given.Cc, given.Bcc])
        {
            Add(list.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var item in list)
            {
                Add(item);
            }
        }

        foreach (var text in (string?[])[given.From, given.Subject, given.Text, given.Html, given.Markdown, given.AgentId, given.Category, given.TransactionalBasis, given.Intent, given.SendAt, parent?.Id.Value.ToString(CultureInfo.InvariantCulture)])
        {
            Add(text);
        }

        foreach (var file in files)
        {
            Add(file.FileName);
            Add(file.ContentType);
            hash.AppendData(file.Sha256);
        }

        if (given.Language is not null)
        {
            Add(given.Language);
        }

        return hash.GetHashAndReset();
    }
}
