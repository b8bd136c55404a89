using System.Text.RegularExpressions;

namespace MultiMail.Web.Tests.Drivers;

/// <summary>Makes an answer comparable: ids, digests, times and addresses of the listener become names.</summary>
public static partial class Scrub
{
    public static string Json(JsonElement element)
    {
        var text = JsonSerializer.Serialize(element, Indented);
        text = Ids().Replace(text, "${kind}_…");
        text = Digests().Replace(text, "sha256:…");
        text = Hex().Replace(text, "\"<hex>\"");
        text = LeafHashes().Replace(text, "\"leaf_hash\": \"…\"");
        text = Boundaries().Replace(text, "=_…");
        text = RequestIds().Replace(text, "\"request_id\": \"…\"");
        text = Times().Replace(text, "<time>");
        return Listeners().Replace(text, "<public>") + "\n";
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    [GeneratedRegex("\\b(?<kind>ctc|tpl|msg|thr|mbx|att|key|dec|acc|opr|evt|req)_[0-9A-Z]{26}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("sha256:[0-9a-f]{64}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digests();

    [GeneratedRegex("\"[0-9a-f]{64}\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hex();

    [GeneratedRegex("\"request_id\": \"[0-9a-f]{24}\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestIds();

    [GeneratedRegex("\"leaf_hash\": \"[0-9A-Za-z+/]{43}=\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeafHashes();

    [GeneratedRegex("=_[0-9a-f]{32}_[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundaries();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listeners();
}
