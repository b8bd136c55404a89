namespace MultiMail.Core.Suppression;

/// <summary>What it takes to lift a suppression, by its reason.</summary>
internal static class SuppressionLifting
{
    /// <summary>Shorter is no evidence.</summary>
    public const int LeastEvidence = 10;

    public const int MostEvidence = 2_000;

    /// <summary>Decided by a person wherever he is: the address may work again, or whoever put it there may have been wrong.</summary>
    public static bool IsPlain(SuppressionReason reason) => reason is SuppressionReason.HardBounce or SuppressionReason.Manual;

    /// <summary>The recipient himself spoke: only his later consent undoes it, and its evidence is kept.</summary>
    public static bool NeedsConsent(SuppressionReason reason) => reason is SuppressionReason.Unsubscribe or SuppressionReason.Complaint;
}

/// <summary>A suppression that was lifted, with the evidence of the recipient's later consent where that was needed.</summary>
/// <param name="By">Public id of the person.</param>
public sealed record LiftedSuppression(AccountId Account, string Address, SuppressionReason Reason, string? Evidence, string By, DateTimeOffset At);
