using MultiMail.Mcp.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Scenarios.Hosting;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("key mm_live_0123456789abcdefABCDEF refused", "key [redacted] refused")]
    [InlineData("mm_test_x-y_z", "[redacted]")]
    [InlineData("whsec_QUJDREVG+/=", "[redacted]")]
    [InlineData("GET /login/abc.DEF-123 200", "GET /login/[redacted] 200")]
    [InlineData("cannot reach smtps://ann@x.example:p:a(s)s@smtp.example.com:465 now", "cannot reach smtps://[redacted]smtp.example.com:465 now")]
    [InlineData("from ann.smith+x@mail.example.com, to", "from [redacted], to")]
    [InlineData("<bob@example.com>", "<[redacted]>")]
    [InlineData("message msg_01JABCDEF is pending", "message msg_01JABCDEF is pending")]
    public void Secrets_and_addresses_go_and_ids_stay(string text, string redacted) => Assert.Equal(redacted, Redaction.Apply(text));

    [Fact]
    public void Neither_property_nor_message_nor_exception_carries_a_secret_into_the_log()
    {
        var lines = new StringWriter();
        using (var log = new LoggerConfiguration().WriteTo.Sink(new FormattedSink(new RedactingFormatter(new CompactJsonFormatter()), lines)).CreateLogger())
        {
            var inner = new InvalidOperationException("no mailbox carol@example.com for mm_live_canarycanary");
            log.Error(new IOException("while sending to dave@example.com", inner), "Failed for {Who} with {Key}", "erin@example.com", "mm_test_canarycanary");
        }

        var text = lines.ToString();
        Assert.Contains("[redacted]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.com", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal("Error", json.RootElement.GetProperty("@l").GetString());
    }

    private sealed class FormattedSink(RedactingFormatter formatter, TextWriter output) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => formatter.Format(logEvent, output);
    }
}
