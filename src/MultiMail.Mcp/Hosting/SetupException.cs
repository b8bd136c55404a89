namespace MultiMail.Mcp.Hosting;

/// <summary>The process cannot work as things are set up; a person can mend it. Becomes a sentence and a <c>fix:</c> line.</summary>
internal sealed class SetupException(string message, string fix, Exception? inner = null) : Exception(message, inner)
{
    public string Fix { get; } = fix;
}
