namespace MultiMail.Mail;

internal static class HtmlBlocks
{
    /// <summary>Line ends around an element: 2 for paragraphs, 1 for other blocks, 0 for inline.</summary>
    public static int Gap(string name) => name switch
    {
        "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "ul" or "ol" or "dl" or "pre" or "table" or "figure" => 2,
        "address" or "article" or "aside" or "center" or "dd" or "details" or "dir" or "div" or "dt" or "fieldset" or "footer"
            or "form" or "header" or "li" or "main" or "nav" or "section" or "summary" or "tr" or "caption" or "legend"
            or "body" or "html" => 1,
        _ => 0,
    };
}
