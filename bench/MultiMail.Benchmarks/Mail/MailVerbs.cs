namespace MultiMail.Benchmarks.Mail;

/// <summary><c>mail VERB ARGUMENTS</c>: our mail code as a program, for checks and load generators that are not ours.</summary>
internal static class MailVerbs
{
    // One line per verb. A verb checks its own arguments and returns false when they are not what it needs.
    private static readonly IReadOnlyList<MailVerb> Verbs =
    [
        new("parse", "CORPUSDIR OUTDIR", ParseCorpus.RunAsync),
        new("compose", "SPECS.json OUTDIR", ComposeSpecs.RunAsync),
        new("parse-loop", "SECONDS EML|MANIFEST", ParseLoop.RunAsync),
        new("smtp-client", "PORT N reuse|noreuse PARALLEL SIZE", SmtpClientLoad.RunAsync),
        new("smtp-sink", "PORT [durable]", SmtpSink.RunAsync),
        new("verify", "KEYDIR EML…", VerifyFiles.RunAsync),
        new("imap-fetch", "imaps://USER:PASS@HOST:PORT/FOLDER?ca=FILE MESSAGES", ImapFetch.RunAsync),
        new("sign", "KEY.pem SELECTOR DOMAIN IN OUT", SignFile.RunAsync),
        new("sign-loop", "SECONDS EML", SignLoop.RunAsync),
    ];

    /// <returns>Exit code: 0, or 2 for a verb or arguments that make no sense.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var verb = args is [var name, ..] ? Verbs.FirstOrDefault(known => known.Name == name) : null;
        if (verb is not null && await verb.RunAsync(args[1..]).ConfigureAwait(false))
        {
            return 0;
        }

        foreach (var known in verb is null ? Verbs : [verb])
        {
            await Output.LineAsync($"mail {known.Name} {known.Arguments}").ConfigureAwait(false);
        }

        return 2;
    }

    private sealed record MailVerb(string Name, string Arguments, Func<string[], Task<bool>> RunAsync);
}
