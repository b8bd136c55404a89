namespace MultiMail.Mail;

/// <summary>What is to be said about one DKIM-Signature field. All texts are a stranger's, printable and short.</summary>
/// <param name="Domain">d=, lower case; empty when the field does not say.</param>
/// <param name="Selector">s=</param>
/// <param name="Identity">i=, or <c>@</c> and d= when the signer gives none.</param>
/// <param name="Algorithm">a=</param>
/// <param name="Reason">Why it is no pass; empty for one.</param>
/// <param name="SignedHeaders">h=, lower case, in its order.</param>
/// <param name="Testing">The key says t=y: its owner only tries.</param>
public sealed record DkimVerdict(
    AuthResult Result,
    string Domain,
    string Selector,
    string Identity,
    string Algorithm,
    string Reason,
    IReadOnlyList<string> SignedHeaders,
    bool Testing = false);
