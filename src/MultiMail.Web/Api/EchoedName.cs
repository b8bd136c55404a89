namespace MultiMail.Web.Api;

/// <summary>A caller's own word, given back in a fault.</summary>
internal static class EchoedName
{
    private const int Most = 64;

    /// <summary>At most 64 characters, and nothing a terminal or log would act upon.</summary>
    public static string Of(string name) =>
        new([.. name.Take(Most).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
}
