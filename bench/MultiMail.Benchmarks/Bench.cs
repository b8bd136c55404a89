using MultiMail.Benchmarks.Mail;

namespace MultiMail.Benchmarks;

/// <summary>The measurements of bench/RESULTS.md. Each verb prints its figures as lines of text.</summary>
internal static class Bench
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["held-core", .. var rest]:
                await HeldSends.RunAsync(rest).ConfigureAwait(false);
                return 0;
            case ["held-http", .. var rest]:
                await HeldHttp.RunAsync(rest).ConfigureAwait(false);
                return 0;
            case ["deliver", .. var rest]:
                await Deliveries.RunAsync(rest).ConfigureAwait(false);
                return 0;
            case ["sqlite-commits", .. var rest]:
                await SqliteCommits.RunAsync(rest).ConfigureAwait(false);
                return 0;
            case ["cold-start", var peer, .. var also]:
                await ColdStart.RunAsync(peer, also).ConfigureAwait(false);
                return 0;
            case ["mail", .. var rest]:
                return await MailVerbs.RunAsync(rest).ConfigureAwait(false);
            default:
                await Output.LineAsync("verbs: held-core [seconds], held-http [seconds], sqlite-commits [seconds], deliver [messages], cold-start PEER_FOLDER [MULTIMAIL]..., mail VERB").ConfigureAwait(false);
                return 2;
        }
    }
}
