using System.CommandLine;
using MultiMail.Core.Mailboxes;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary>
/// The options that name a relay and a source. A password need not stand on the command line, where every process of the machine
/// can read it: a URL with a user and none gets it from a file, from the keyboard, or from the next line of stdin.
/// </summary>
internal sealed class MailUrls
{
    private readonly Option<string?> _smtp = new("--smtp") { Description = "Relay of this mailbox: smtps://user@host:465 or smtp://user@host:587?starttls=required", HelpName = "URL" };
    private readonly Option<string?> _imap = new("--imap") { Description = "Where its mail lies: imaps://user@host:993/INBOX", HelpName = "URL" };
    private readonly Option<FileInfo?> _password = new("--password-file") { Description = "File whose first line is the password of both; else it is asked for, or the next line of stdin", HelpName = "FILE" };
    private readonly Option<FileInfo?> _smtpPassword = new("--smtp-password-file") { Description = "File whose first line is the relay's password", HelpName = "FILE" };
    private readonly Option<FileInfo?> _imapPassword = new("--imap-password-file") { Description = "File whose first line is the source's password", HelpName = "FILE" };
    private readonly Option<bool> _noCheck = new("--no-check") { Description = "Keep both without signing in there first" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_smtp, _imap, _password, _smtpPassword, _imapPassword, _noCheck])
        {
            command.Add(option);
        }
    }

    /// <summary>Null when neither URL is given.</summary>
    /// <exception cref="SetupException">A password file that cannot be read, or no password.</exception>
    public LinkChange? Read(ParseResult parse, Shell shell)
    {
        var (smtp, imap) = (parse.GetValue(_smtp), parse.GetValue(_imap));
        if (smtp is null && imap is null)
        {
            return null;
        }

        // Both are one provider's, most of the time: asked once.
        var asked = new Lazy<string>(() => Secrets.Ask(shell, "Password (of an app, not of the account): "));
        return new LinkChange
        {
            SmtpUrl = Whole(smtp, parse.GetValue(_smtpPassword) ?? parse.GetValue(_password), asked),
            ImapUrl = Whole(imap, parse.GetValue(_imapPassword) ?? parse.GetValue(_password), asked),
            Check = !parse.GetValue(_noCheck),
        };
    }

    internal static string? Whole(string? url, FileInfo? file, Lazy<string> asked) =>
        EndpointText.LacksPassword(url) ? EndpointText.WithPassword(url!, file is null ? asked.Value : Secrets.FromFile(file)) : url;
}
