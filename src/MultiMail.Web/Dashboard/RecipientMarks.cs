namespace MultiMail.Web.Dashboard;

/// <summary>What the address itself gives away. What Core knows about a recipient is among the message's risk flags.</summary>
internal static class RecipientMarks
{
    public static IEnumerable<string> Of(string address)
    {
        if (address.Any(c => c > 0x7F))
        {
            yield return "letters beyond ASCII";
        }

        if (address.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            yield return "international domain";
        }

        if (address.Contains('"', StringComparison.Ordinal))
        {
            yield return "quoted name";
        }
    }
}
