namespace MultiMail.Core.Threads;

public sealed record MailThread(
    ThreadId Id, AccountId Account, MailboxId Mailbox, string Subject, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Messages, int Unread);
