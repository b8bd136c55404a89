namespace MultiMail.Core.Audit;

/// <summary>Builds leaf drafts with public ids.</summary>
internal sealed class LeafFactory(PublicIds ids)
{
    public LeafDraft Of(AccountId account, string name, LeafActor actor) => new(account, name, actor, ids.Format(account));

    public LeafDraft Simple(Principal principal, string name, string? reason) =>
        Of(principal.Account, name, principal.LeafActor) with { Reason = reason };

    public LeafDraft OfMailbox(Principal principal, string name, Mailbox mailbox) => OfMailbox(principal.LeafActor, name, mailbox);

    public LeafDraft OfMailbox(LeafActor actor, string name, Mailbox mailbox) => Of(mailbox.Account, name, actor) with
    {
        Mailbox = mailbox.Id,
        MailboxText = ids.Format(mailbox.Id),
        Mode = Modes.Name(mailbox.Mode),
    };

    public LeafDraft OfMessage(Message message, string name, LeafActor actor) => Of(message.Account, name, actor) with
    {
        Mailbox = message.Mailbox,
        MailboxText = ids.Format(message.Mailbox),
        Message = message.Id,
        MessageText = ids.Format(message.Id),
        Digest = message.Digest.Length == 0 ? null : Digests.Text(message.Digest), // a draft has none
    };
}
