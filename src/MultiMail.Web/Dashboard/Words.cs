using System.Globalization;
using MultiMail.Core.Inbound;

namespace MultiMail.Web.Dashboard;

/// <summary>Times, sizes and states in the words of the pages.</summary>
internal static class Words
{
    public static string Ago(DateTimeOffset now, DateTimeOffset then) => (now - then) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } span => $"{(int)span.TotalMinutes} min ago",
        { TotalHours: < 24 } span => $"{(int)span.TotalHours} h ago",
        _ => Time(then),
    };

    public static string Left(DateTimeOffset now, DateTimeOffset then) => (then - now) switch
    {
        { TotalSeconds: <= 0 } => "time is up",
        { TotalMinutes: < 60 } span => $"{Math.Max(1, (int)span.TotalMinutes)} min left",
        { TotalHours: < 48 } span => $"{(int)Math.Ceiling(span.TotalHours)} h left",
        var span => $"{(int)Math.Ceiling(span.TotalDays)} days left",
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} bytes",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB"),
    };

    /// <summary>A wire name as words: <c>first_contact</c> → <c>first contact</c>.</summary>
    public static string Plain(string name) => name.Replace('_', ' ').Replace('-', ' ');

    public static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : $"{number.ToString("N0", CultureInfo.InvariantCulture)} {many}";

    public static string Mode(string mode) => mode switch
    {
        "read_only" => "Nothing is sent from here.",
        "gated_all" => "A person decides about every mail out, and releases every mail in.",
        "gated_send" => "A person decides about every mail that is sent.",
        "monitored" => "Mail leaves at once and is listed for a person; risky mail is held.",
        "autonomous" => "Mail leaves at once; only risky mail is held.",
        _ => Plain(mode),
    };

    /// <summary>Who stands behind an incoming message, as far as we found out.</summary>
    public static string SenderCheck(AuthenticationView sender) => sender switch
    {
        { Origin: "local" } => "From a mailbox of this server.",
        { Aligned: true } => $"{sender.FromDomain} vouches for it. {Verdicts(sender)}",
        { FromDomain: { } domain } => $"Nothing proves that {domain} sent it. {Verdicts(sender)}",
        _ => $"Nobody vouches for it. {Verdicts(sender)}",
    };

    private static string Verdicts(AuthenticationView sender) => $"SPF {sender.Spf}, DKIM {sender.Dkim}, DMARC {sender.Dmarc}.";

    public static string DnsState(string state) => state switch
    {
        "found" => "is there",
        "missing" => "is not there",
        "different" => "is another one",
        "unknown" => "cannot be told now",
        _ => "not looked at yet",
    };

    /// <summary>What kind of change is asked for.</summary>
    public static string RequestKind(string kind) => kind switch
    {
        "mode" => "looser mode",
        "mailbox" => "new mailbox",
        "suppression" => "lift a bounce",
        "rule" => "access rule",
        _ => Plain(kind),
    };

    /// <summary>What became of a request.</summary>
    public static string RequestStep(string status) => status switch
    {
        "pending" => "It waits. Nothing has changed.",
        "approved" => "The change was made.",
        "rejected" => "Nothing was changed. Whoever asked sees the reason.",
        "expired" => "Nobody decided in time, so nothing was changed.",
        _ => Plain(status),
    };

    /// <summary>What the status means for whoever decides, and what happens next.</summary>
    public static string NextStep(string status) => status switch
    {
        "pending" => "It waits. Nothing has left.",
        "held" => "It waits. No agent has seen it.",
        "draft" => "It went back to the agent with the reason. When it is submitted again, it comes back here.",
        "scheduled" => "It is approved and leaves at its time. Until then you can take it back.",
        "queued" => "It is approved and leaves in a moment, exactly as shown.",
        "sending" => "It is on its way, exactly as shown.",
        "delivered" => "It was handed over, exactly as shown.",
        "bounced" => "A receiving server refused it for good.",
        "failed" => "It was stopped before it left. The agent sees why.",
        "rejected" => "It will never be sent. The agent sees the reason.",
        "cancelled" => "Its sender withdrew it. It will never be sent.",
        "expired" => "Nobody decided in time, so it was not sent.",
        "discarded" => "It was a test: everything was done but the delivery.",
        "received" => "It is in the mailbox, where its agent can read it.",
        "quarantined" => "It stays out of the mailbox.",
        _ => Plain(status),
    };
}
