using AngleSharp.Dom;

namespace MultiMail.Mail;

/// <summary>A compound of type, classes and id, such as <c>td.small#x</c>. Combinators, attributes and pseudo-classes are not resolved.</summary>
internal sealed record Selector(string? Type, IReadOnlyList<string> Classes, string? Id)
{
    public int Specificity => (Id is null ? 0 : 10_000) + (Math.Min(Classes.Count, 99) * 100) + (Type is null ? 0 : 1);

    /// <summary>Under which name an index finds it: every element that matches has it.</summary>
    public string Key => Id is not null ? "#" + Id : Classes.Count > 0 ? "." + Classes[0] : Type ?? "*";

    public static Selector? Parse(string text)
    {
        string? type = null;
        string? id = null;
        var classes = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            var mark = text[at] is '.' or '#' ? text[at++] : ' ';
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' || (text[end] == '*' && end == 0)))
            {
                end++;
            }

            if (end == at || (mark == ' ' && at > 0))
            {
                return null;
            }

            var name = text[at..end];
            at = end;
            switch (mark)
            {
                case '.':
                    classes.Add(name);
                    break;
                case '#':
                    id = name;
                    break;
                default:
                    type = name == "*" ? null : name.ToLowerInvariant();
                    break;
            }
        }

        return text.Length == 0 ? null : new Selector(type, classes, id);
    }

    public bool Matches(IElement element) =>
        (Type is null || element.LocalName == Type)
        && (Id is null || element.Id == Id)
        && Classes.All(element.ClassList.Contains);
}
