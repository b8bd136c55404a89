namespace MultiMail.Core.Delivery;

/// <summary>What one attempt means for one recipient.</summary>
/// <param name="After">The recipient as it is from now on.</param>
/// <param name="Result">For the kernel and the leaf.</param>
/// <param name="Suppress">There is no such address: nothing is sent to it any more.</param>
/// <param name="GaveUp">The retries are over.</param>
internal sealed record Verdict(Recipient After, RecipientResult Result, bool Suppress = false, bool GaveUp = false);
