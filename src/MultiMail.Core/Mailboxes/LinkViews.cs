using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>Relay and source of a mailbox, as a caller gives them. Null leaves what is there, empty removes it.</summary>
public sealed record LinkChange
{
    public string? SmtpUrl { get; init; }

    public string? ImapUrl { get; init; }

    /// <summary>Both are tried before they are kept; false keeps them as they are.</summary>
    public bool Check { get; init; } = true;

    /// <summary>What is asked for, without a secret.</summary>
    public override string ToString() => $"relay {Asked(SmtpUrl)}, source {Asked(ImapUrl)}";

    private static string Asked(string? url) => url switch { null => "kept", "" => "removed", _ => "given" };
}

/// <param name="Relay">Scheme, host and port; null = the installation's relay, if any.</param>
/// <param name="Source">Scheme, host, port and folder; null = nothing is fetched.</param>
/// <param name="Readable">False: sealed with another master key.</param>
/// <param name="Warning">Why mail may not arrive as it should.</param>
public sealed record MailboxLinkView(
    string MailboxId, string Address, string? Relay, string? Source, bool FromEnvironment, bool Readable, string? Warning, DateTimeOffset UpdatedAt);

/// <param name="Relay">Null when the mailbox has no relay of its own, or this process cannot ask.</param>
public sealed record LinkTest(string Address, CheckView? Relay, CheckView? Source)
{
    public bool Works => Relay is not { Works: false } && Source is not { Works: false };
}

/// <param name="Code"><c>ok</c>, <c>unreachable</c>, <c>not_secure</c>, <c>sign_in_refused</c>, <c>protocol_error</c>, <c>no_such_folder</c>.</param>
/// <param name="Fix">What to do when it does not work.</param>
public sealed record CheckView(bool Works, string Code, string Detail, string? Fix)
{
    internal static CheckView? Of(EndpointCheck? check) =>
        check is null ? null : new(check.Works, check.Code, check.Detail, check.Works ? null : EndpointAdvice.For(check.Code));
}
