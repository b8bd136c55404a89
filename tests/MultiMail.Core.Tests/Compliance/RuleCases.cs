using MultiMail.Core.Compliance.Rules;
using MultiMail.Core.Messages;

namespace MultiMail.Core.Tests.Compliance;

/// <summary>What a rule says of a letter.</summary>
/// <param name="Field">The field that the fault names; null = the letter passes.</param>
/// <param name="Says">Words of the fault.</param>
/// <param name="Fix">Words of the fix.</param>
internal sealed record RuleCase(string Rule, string Name, Letter Letter, string? Field = null, string Says = "", string Fix = "", string Code = "compliance_rejected")
{
    public override string ToString() => $"{Rule} {Name}";
}

/// <summary>For each rule letters that pass and letters that do not, the hostile ones among them.</summary>
internal static class RuleCases
{
    private const string Stranger = "mallory@elsewhere.test";
    private static readonly Letter Right = new();
    private static readonly Letter Unclassified = new() { Category = "unclassified" };
    private static readonly Letter Talk = new() { Category = "conversational", Extra = [], Text = "Hello.", Html = null };
    private static readonly ParentFacts Parent = new(InThread: true, [Letter.Reader, Letter.Sender]);

    private static readonly Letter ByMail = Unclassified with
    {
        Extra = [$"List-Unsubscribe: <{Letter.Mailto}%20tok>"],
        Text = "Hello.\n\nExample Ltd\n1 High Street\n12345 Sample Town\nGB\nTo unsubscribe, answer with the word.",
        Html = null,
        Facts = Right.Facts with { IsUnsubscribePage = null },
    };

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("CS-01", "the mailbox's own address", Talk),
        new("CS-01", "with a name", Talk with { From = $"Robot <{Letter.Sender}>" }),
        new("CS-01", "another address", Talk with { From = Stranger }, "from", "is not robot@example.org", "own address"),
        new("CS-01", "two addresses in one field", Talk with { From = $"{Letter.Sender}, {Stranger}" }, "from", "names 2 addresses", "own address"),
        new("CS-01", "two fields", Talk with { Extra = [$"From: {Stranger}"] }, "from", "stands 2 times", "own address"),
        new("CS-01", "a control in the name", Talk with { From = $"\"Ro\u0007bot\" <{Letter.Sender}>" }, "from", "control character", "own address"),
        new("CS-01", "an unverified domain, to the outside", OfDomain("unproved.org"), "from", "unproved.org is not verified", "domain check"),
        new("CS-01", "an unverified domain, carried by another provider", Carried(OfDomain("unproved.org"))),
        new("CS-01", "an unverified domain, inside", Inside(OfDomain("unproved.org"))),

        new("CS-02", "a plain name", Talk with { From = $"Robot of Example <{Letter.Sender}>" }),
        new("CS-02", "at a firm", Talk with { From = $"\"Bob at acme.io\" <{Letter.Sender}>" }),
        new("CS-02", "an address", Talk with { From = $"\"ceo@bank.test\" <{Letter.Sender}>" }, "from", "holds an address", "plain name"),
        new("CS-02", "a wide at sign", Talk with { From = $"ceo＠bank.test <{Letter.Sender}>" }, "from", "holds an address", "plain name"),
        new("CS-02", "a small at sign", Talk with { From = $"ceo﹫bank.test <{Letter.Sender}>" }, "from", "holds an address", "plain name"),
        new("CS-02", "a spelt-out at sign", Talk with { From = $"\"ceo [at] bank.test\" <{Letter.Sender}>" }, "from", "reads like one", "plain name"),
        new("CS-02", "another mailbox's name", Named("Alice Person"), "from", "another mailbox", "plain name"),
        new("CS-02", "another mailbox's name in Cyrillic letters", Named("Аliсе Реrsоn"), "from", "another mailbox", "plain name"),
        new("CS-02", "another mailbox's name with invisible characters", Named("Ali\u200Bce Per\u00ADson"), "from", "another mailbox", "plain name"),
        new("CS-02", "another mailbox's name in mathematical letters", Named("𝐀𝐥𝐢𝐜𝐞 𝐏𝐞𝐫𝐬𝐨𝐧"), "from", "another mailbox", "plain name"),

        new("CS-03", "absent", Talk),
        new("CS-03", "the mailbox itself", Talk with { Extra = [$"Reply-To: {Letter.Sender}"] }),
        new("CS-03", "at a verified domain", Talk with { Extra = ["Reply-To: help@example.org"] }),
        new("CS-03", "another mailbox of the account", Talk with { Extra = ["Reply-To: me@provider.test"], Facts = Talk.Facts with { OwnReplyTo = ["me@provider.test"] } }),
        new("CS-03", "a stranger", Talk with { Extra = [$"Reply-To: {Stranger}"] }, "reply_to", Stranger, "Leave Reply-To out"),
        new("CS-03", "one of ours and a stranger", Talk with { Extra = [$"Reply-To: {Letter.Sender}, {Stranger}"] }, "reply_to", Stranger, "Leave Reply-To out"),
        new("CS-03", "an unverified domain", Talk with { Extra = ["Reply-To: a@unproved.org"] }, "reply_to", "verified domain", "own addresses"),
        new("CS-03", "empty", Talk with { Extra = ["Reply-To: ;"] }, "reply_to", "no address", "Leave Reply-To out"),

        new("CS-04", "a subject", Talk),
        new("CS-04", "an answer to a message of the thread", Answering("Re: Lunch", Parent)),
        new("CS-04", "an answer that names the list", Answering("[team] AW: Lunch", Parent)),
        new("CS-04", "words that only begin so", Talk with { Subject = "Reply by Friday: lunch" }),
        new("CS-04", "a reference", Talk with { Subject = "Ref: 2026-55" }),
        new("CS-04", "a language", Talk with { Subject = "R: version 5 is out" }),
        new("CS-04", "empty", Talk with { Subject = string.Empty }, "subject", "says nothing", "Write one subject"),
        new("CS-04", "empty after decoding", Talk with { Subject = "=?utf-8?q?=20=E2=80=8B?=" }, "subject", "says nothing", "Write one subject"),
        new("CS-04", "twice", Talk with { Extra = ["Subject: Other"] }, "subject", "2 times", "Write one subject"),
        .. ((string[])["Re: Lunch", "RE: Lunch", "re : Lunch", "Re[2]: Lunch", "Re (3): Lunch", "AW: Mittag", "Antwort: Mittag", "SV: Lunsj", "VS: Lounas", "Odp: Obiad", "RES: Almoço", "YNT: Yemek",
            "回复：午饭", "返信: 昼食", "Ответ: обед", "תשובה: צהריים", "=?utf-8?b?UmU6IEx1bmNo?=", "Rе: Lunch", "Rе： Lunch", "𝐑𝐞: Lunch", "R\u200Be: Lunch", "[ext] Re: Lunch", "Ｒｅ： Lunch"])
            .Select(s => new RuleCase("CS-04", $"{s} without a parent", Talk with { Subject = s }, "subject", "answers no message of this thread", "without the prefix")),
        new("CS-04", "an answer to another thread", Answering("Re: Lunch", Parent with { InThread = false }), "subject", "no message of this thread", "without the prefix"),
        new("CS-04", "an answer to somebody who had no part", Answering("Re: Lunch", Parent) with { Facts = Talk.Facts with { Parent = new ParentFacts(true, [Stranger]) } }, "subject", "had no part", "subject of its own"),
        new("CS-04", "a forward of a stored message", Answering("Fwd: Lunch", new ParentFacts(InThread: false, [Stranger]))),
        .. ((string[])["Fwd: Lunch", "FW: Lunch", "WG: Mittag", "TR: Midi", "RV: Comida", "转发：午饭", "Fwԁ: Lunch"])
            .Select(s => new RuleCase("CS-04", $"{s} of nothing", Talk with { Subject = s }, "subject", "forwards no stored message", "without the prefix")),

        new("CS-05", "both parts show it", Right),
        new("CS-05", "plain text alone", Right with { Html = null }),
        new("CS-05", "the word beside the link", Html("<p>To unsubscribe, go <a href=\"PAGE\">here</a>.</p>")),
        new("CS-05", "the link in brackets", Right with { Text = $"Unsubscribe (<{Letter.Page}>).", Html = null }),
        new("CS-05", "German", Right with { Extra = [.. Right.Extra, "Content-Language: de"], Text = $"Abmelden: {Letter.Page}", Html = null }),
        new("CS-05", "the word of another language", Right with { Extra = [.. Right.Extra, "Content-Language: de"], Html = null }, "text", "plain text does not show", "Leave the footer"),
        new("CS-05", "missing in the text", Right with { Text = "Hello." }, "text", "plain text does not show", "Leave the footer"),
        new("CS-05", "missing in the HTML", Html(string.Empty), "html", "HTML does not show", "Leave the footer"),
        new("CS-05", "no plain text part", Right with { Text = string.Empty }, "text", "plain text does not show", "Leave the footer"),
        new("CS-05", "another recipient's link", Right with { Text = Right.Text + "x" }, "text", "plain text does not show", "Leave the footer"),
        new("CS-05", "a link without a word", Html("<p>Read <a href=\"PAGE\">more</a>.</p>"), "html", "HTML does not show", "Leave the footer"),
        new("CS-05", "the word in the link's address only", Right with { Text = "More: " + Letter.Page, Html = null }, "text", "plain text does not show", "Leave the footer"),
        new("CS-05", "in a quoted line", Right with { Text = "> Unsubscribe: " + Letter.Page, Html = null }, "text", "plain text does not show", "Leave the footer"),
        .. Hidden("PAGE").Select(h => new RuleCase("CS-05", h.Name, Html(h.Html), "html", "HTML does not show", "Leave the footer")),
        new("CS-05", "unclassified, by mail, without a public address", ByMail),
        new("CS-05", "unclassified, by mail, without a word", ByMail with { Text = "Hello." }, "text", "plain text does not show", "Leave the footer"),
        new("CS-05", "commercial without a public address", ByMail with { Category = "commercial" }, "text", "no public https address", "MULTIMAIL_PUBLIC_URL"),
        new("CS-05", "several recipients", Right with { Facts = Right.Facts with { EnvelopeSize = 2 } }, "text", "cannot share", "by itself"),

        new("CS-06", "the pair", Right),
        new("CS-06", "without the mailto", ListFields($"<{Letter.Page}>")),
        new("CS-06", "folded", ListFields($"<{Letter.Page}>,\r\n <{Letter.Mailto}%20tok>")),
        new("CS-06", "missing", Right with { Extra = [] }, "headers", "stands 0 times", "to the server"),
        new("CS-06", "twice", Right with { Extra = [.. Right.Extra, $"List-Unsubscribe: <{Letter.Page}>"] }, "headers", "stands 2 times", "to the server"),
        new("CS-06", "two https addresses", ListFields($"<{Letter.Page}>, <https://elsewhere.test/u/1>"), "headers", "has 2 https addresses", "to the server"),
        new("CS-06", "http", ListFields("<http://mail.example.org/u/tok.alice>"), "headers", "angle brackets", "to the server"),
        new("CS-06", "a blank in the brackets", ListFields($"< {Letter.Page}>"), "headers", "angle brackets", "to the server"),
        new("CS-06", "another recipient's token", ListFields("<https://mail.example.org/u/tok.bob>"), "headers", "not this recipient's", "to the server"),
        new("CS-06", "another mailbox's mailto", ListFields($"<{Letter.Page}>, <mailto:{Stranger}?subject=unsubscribe>"), "headers", "takes no unsubscribe", "to the server"),
        new("CS-06", "no one-click field", Right with { Extra = [Right.Extra[0]] }, "headers", "List-Unsubscribe-Post", "to the server"),
        new("CS-06", "another one-click value", Right with { Extra = [Right.Extra[0], "List-Unsubscribe-Post: List-Unsubscribe=Two-Click"] }, "headers", "One-Click", "to the server"),
        new("CS-06", "two one-click fields", Right with { Extra = [.. Right.Extra, Right.Extra[1]] }, "headers", "One-Click", "to the server"),
        new("CS-06", "unclassified by mail", ByMail),
        new("CS-06", "unclassified by mail with a one-click field", ByMail with { Extra = [.. ByMail.Extra, Right.Extra[1]] }, "headers", "without an https address", "to the server"),
        new("CS-06", "commercial without a public address", ByMail with { Category = "commercial" }, "headers", "no public https address", "MULTIMAIL_PUBLIC_URL"),

        new("CS-07", "both parts show it", Right),
        new("CS-07", "entities and other white space", Html("<p>Example&#32;L&#116;d<br>1&nbsp;High \n Street<br>12345 Sample&#x20;Town<br>G&#66;</p>")),
        new("CS-07", "no profile", Right with { Facts = Right.Facts with { Profile = null } }, "text", "no sender profile", "multimail profile set", "needs_profile"),
        new("CS-07", "missing in the text", Right with { Text = "Hello." }, "text", "Example Ltd", "Leave the footer"),
        new("CS-07", "missing in the HTML", Html(string.Empty), "html", "Example Ltd", "Leave the footer"),
        new("CS-07", "another street", Right with { Text = Right.Text.Replace("1 High", "2 High", StringComparison.Ordinal) }, "text", "1 High Street", "Leave the footer"),
        new("CS-07", "the profile changed since", Right with { Facts = Right.Facts with { Profile = new ProfileFacts(["Example Ltd", "9 Low Street", "GB"]) } }, "text", "9 Low Street", "Leave the footer"),
        new("CS-07", "an entity that is another letter", Html("<p>Example Ltd<br>1 High Street<br>12345 Samp&#108;e T&#48;wn<br>GB</p>"), "html", "12345 Sample Town", "Leave the footer"),
        .. Hidden("Example Ltd<br>1 High Street<br>12345 Sample Town<br>GB").Select(h => new RuleCase("CS-07", h.Name, Html(h.Html), "html", "Example Ltd", "Leave the footer")),

        new("CS-08", "it says so", Right),
        new("CS-08", "consent", (Right with { Text = "Hello." }).To(Right.Facts.Recipients[0] with { Consented = true })),
        new("CS-08", "missing in the text", Right with { Text = "Hello." }, "text", "does not say that this is an advertisement", "consent"),
        new("CS-08", "missing in the HTML", Html(string.Empty), "html", "does not say that this is an advertisement", "consent"),
        new("CS-08", "hidden in the HTML", Html("<p style=\"display:none\">This is an advertisement.</p>"), "html", "does not say that this is an advertisement", "consent"),

        new("CS-09", "nobody is suppressed", Talk),
        new("CS-09", "suppressed", Talk.To(Talk.Facts.Recipients[0] with { Stop = "unsubscribe" }), "to", "alice@recipient.test is suppressed: unsubscribe", "Leave this recipient out", "suppressed"),
        new("CS-09", "a suppressed copy", Talk.To(Talk.Facts.Recipients[0], new RuleRecipient(Stranger, RecipientKind.Bcc, false, Stop: "complaint")), "bcc", "mallory@elsewhere.test is suppressed", "Leave this recipient out", "suppressed"),

        new("CS-10", "one recipient", Right),
        new("CS-10", "a conversation of two", Talk.To(Talk.Facts.Recipients[0], new RuleRecipient(Stranger, RecipientKind.Cc, false))),
        new("CS-10", "two recipients", Unclassified with { Facts = Right.Facts with { EnvelopeSize = 2 } }, "to", "goes to 2 recipients", "conversational"),
        new("CS-10", "cc", Right with { Extra = [.. Right.Extra, $"Cc: {Stranger}"] }, "cc", "has cc", "by itself"),

        new("CS-11", "signed up", Right),
        new("CS-11", "unknown", Right.To(Right.Facts.Recipients[0] with { Source = null }), "to", "not on record", "manage_contacts"),
        new("CS-11", "blank", Right.To(Right.Facts.Recipients[0] with { Source = " " }), "to", "not on record", "manage_contacts"),
        new("CS-11", "scraped", Right.To(Right.Facts.Recipients[0] with { Source = "Scraped " }), "to", "was scraped", "nobody"),

        new("CS-12", "as composed", Talk),
        new("CS-12", "another domain's Message-ID", Talk with { Trace = ["Message-ID: <1@elsewhere.test>", "MIME-Version: 1.0"] }, "headers", "own domain", "to the server"),
        new("CS-12", "a domain that only ends so", Talk with { Trace = ["Message-ID: <1@bad-example.org>", "MIME-Version: 1.0"] }, "headers", "own domain", "to the server"),
        new("CS-12", "two Message-IDs", Talk with { Extra = ["Message-ID: <2@example.org>"] }, "headers", "2 times", "to the server"),
        new("CS-12", "no MIME-Version", Talk with { Trace = ["Message-ID: <1@example.org>"] }, "headers", "MIME-Version", "to the server"),
        new("CS-12", "a Date before its time", Talk with { Extra = ["Date: Tue, 24 Nov 2026 09:00:00 +0000"] }, "headers", "Date is written when", "to the server"),

        new("CS-13", "it worked", Right),
        new("CS-13", "it did not", Right with { Facts = Right.Facts with { UnsubscribeFault = "The one-click call is redirected (302)." } }, "text", "redirected (302)", "multimail doctor"),
        new("CS-13", "there is no page", ByMail with { Facts = ByMail.Facts with { UnsubscribeFault = "old" } }),

        new("CS-14", "below the stop", Right),
        new("CS-14", "above it", Unclassified with { Facts = Right.Facts with { ReputationStop = "4 of 1,000 messages were reported" } }, "from", "4 of 1,000", "found the cause"),
    ];

    private static Letter OfDomain(string domain) => Talk with
    {
        From = $"a@{domain}",
        Trace = [$"Message-ID: <1@{domain}>", "MIME-Version: 1.0"],
        Facts = Talk.Facts with { Mailbox = Talk.Facts.Mailbox with { Address = $"a@{domain}" } },
    };

    private static Letter Carried(Letter letter) => letter with { Facts = letter.Facts with { IsCarriedElsewhere = true } };

    private static Letter Inside(Letter letter) => letter.To(new RuleRecipient(Letter.Reader, RecipientKind.To, IsHere: true));

    private static Letter Named(string name) => Talk with { From = $"{name} <{Letter.Sender}>", Facts = Talk.Facts with { OtherNames = ["Alice Person"] } };

    private static Letter Answering(string subject, ParentFacts parent) => Talk with { Subject = subject, Facts = Talk.Facts with { Parent = parent } };

    private static Letter Html(string body) => Right with { Html = $"<html><body><p>Hello.</p>{body.Replace("PAGE", Letter.Page, StringComparison.Ordinal)}</body></html>" };

    private static Letter ListFields(string value) => Right with { Extra = [$"List-Unsubscribe: {value}", Right.Extra[1]] };

    /// <summary>Ways to have something in HTML and not show it.</summary>
    private static (string Name, string Html)[] Hidden(string what)
    {
        var shown = what == "PAGE" ? "<a href=\"PAGE\">Unsubscribe</a>" : what;
        return
        [
            ("in a comment", $"<!-- {shown} -->"),
            ("in a conditional comment", $"<!--[if mso]>{shown}<![endif]-->"),
            ("not displayed", $"<div style=\"display:none\">{shown}</div>"),
            ("invisible", $"<div style=\"visibility:hidden\">{shown}</div>"),
            ("hidden by attribute", $"<div hidden>{shown}</div>"),
            ("of size 0", $"<div style=\"font-size:0\">{shown}</div>"),
            ("of no height", $"<div style=\"height:0;overflow:hidden\">{shown}</div>"),
            ("white on white", $"<div style=\"color:#fff\">{shown.Replace("<a ", "<a style=\"color:#ffffff\" ", StringComparison.Ordinal)}</div>"),
            ("transparent", $"<div style=\"opacity:0\">{shown}</div>"),
            ("beside the page", $"<div style=\"position:absolute;left:-9999px\">{shown}</div>"),
            ("hidden by a rule", $"<style>.f{{display:none!important}}</style><div class=\"f\">{shown}</div>"),
            ("in a template", $"<template>{shown}</template>"),
            ("in an attribute", $"<img alt=\"x\" title='{shown.Replace("'", string.Empty, StringComparison.Ordinal)}'>"),
        ];
    }
}
