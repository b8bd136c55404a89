namespace MultiMail.Core.Compliance;

/// <summary>What is known of the people behind addresses, as far as the form of a message to them goes.</summary>
internal interface IRecipientFacts
{
    ValueTask<RecipientFacts> OfAsync(AccountId account, IReadOnlyList<string> addresses, CancellationToken cancellationToken);
}

/// <param name="MachinesOnly">Each is known, on a person's word, to be read by a machine.</param>
/// <param name="Consented">Each has agreed to advertising, on record.</param>
/// <param name="Language">The language that a single recipient reads.</param>
internal sealed record RecipientFacts(bool MachinesOnly, bool Consented, string? Language)
{
    public static RecipientFacts Unknown { get; } = new(MachinesOnly: false, Consented: false, Language: null);
}

/// <summary>Nobody is known: each recipient is a person who has agreed to nothing.</summary>
internal sealed class UnknownRecipients : IRecipientFacts
{
    public ValueTask<RecipientFacts> OfAsync(AccountId account, IReadOnlyList<string> addresses, CancellationToken cancellationToken) =>
        ValueTask.FromResult(RecipientFacts.Unknown);
}
