using System.Text;

namespace MultiMail.Storage.Rows;

/// <summary>Members of a closed enumeration as the store names them: lower case, words joined by underscores.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Names = [.. Values.Select(v => Snake(v.ToString()))];

    public static string Of(T value) => Names[Array.IndexOf(Values, value)];

    public static T Parse(string name) => Values[Array.IndexOf(Names, name)];

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            _ = char.IsUpper(letter) && text.Length > 0 ? text.Append('_') : text;
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
