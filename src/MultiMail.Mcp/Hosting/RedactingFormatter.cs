using Serilog.Events;
using Serilog.Formatting;

namespace MultiMail.Mcp.Hosting;

/// <summary>Redacts what another formatter wrote, so that properties, messages and exceptions are all covered.</summary>
internal sealed class RedactingFormatter(ITextFormatter inner) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter();
        inner.Format(logEvent, text);
        output.Write(Redaction.Apply(text.ToString()));
    }
}
