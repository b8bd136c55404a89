using MultiMail.Core.Node;

namespace MultiMail.Core.Compliance;

/// <summary>Turns a submission into what is written. Nothing is added after this.</summary>
internal sealed class Composition(CoreContext core)
{
    /// <param name="reviewed">A person will have seen it before it leaves: the gate holds it.</param>
    public Task<OutgoingForm> MakeAsync(Principal principal, CheckedSubmission wanted, bool reviewed, CancellationToken cancellationToken)
    {
        _ = core;
        return Task.FromResult(new OutgoingForm(wanted.Text, wanted.Html, wanted.Markdown, [], [], wanted.Category));
    }
}
