using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using MultiMail.Core.Errors;
using MultiMail.Core.Storage;

namespace MultiMail.Mcp.Protocol;

/// <summary>The one place where an exception becomes a tool's answer.</summary>
internal static partial class ToolErrors
{
    public static CallToolResult Of(Exception fault, string tool, ILogger logger)
    {
        switch (fault)
        {
            case RefusalException refusal:
                return Of(refusal);
            case StoreUnavailableException store:
                Log.StoreUnavailable(logger, tool, store.Code, store);
                return Of(new RefusalException(store.Code, ErrorCatalog.Of(store.Code).Title + "."));
            default:
                var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
                Log.Fault(logger, tool, id, fault);
                return Of(new RefusalException(ErrorCodes.Internal, $"Something went wrong on the server (request id {id})."), id);
        }
    }

    public static CallToolResult Of(RefusalException refusal, string? requestId = null)
    {
        var content = new JsonObject
        {
            ["code"] = refusal.Code,
            ["message"] = refusal.Message,
            ["fix"] = refusal.Fix,
            ["docs"] = ErrorCatalog.Of(refusal.Code).Docs,
        };
        if (requestId is not null)
        {
            content["request_id"] = requestId;
        }

        if (refusal.Violations.Count > 0)
        {
            content["violations"] = new JsonArray([.. refusal.Violations.Select(Member)]);
        }

        return new CallToolResult
        {
            IsError = true,
            StructuredContent = ToolAnswer.Element(content),
            Content = [new TextContentBlock { Text = Text(refusal) }],
        };
    }

    private static JsonNode Member(Violation violation)
    {
        var member = new JsonObject
        {
            ["code"] = violation.Code,
            ["field"] = violation.Field,
            ["message"] = violation.Message,
            ["fix"] = violation.Fix,
        };
        if (violation.Rule is not null)
        {
            member["rule"] = violation.Rule;
        }

        return member;
    }

    private static string Text(RefusalException refusal)
    {
        var text = new StringBuilder();
        if (refusal.Violations.Count > 1)
        {
            text.Append(refusal.Code).Append(": ").Append(refusal.Violations.Count).Append(" things are wrong.");
            foreach (var v in refusal.Violations)
            {
                text.Append("\n- ").Append(v.Field).Append(" (").Append(v.Rule ?? v.Code).Append("): ").Append(v.Message).Append(" Fix: ").Append(v.Fix);
            }
        }
        else
        {
            text.Append(refusal.Code).Append(": ").Append(refusal.Message).Append("\nFix: ").Append(refusal.Fix);
        }

        return text.Append("\nDocs: ").Append(ErrorCatalog.Of(refusal.Code).Docs).ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Tool {Tool} failed, request {RequestId}.")]
        public static partial void Fault(ILogger logger, string tool, string requestId, Exception fault);

        [LoggerMessage(LogLevel.Warning, "Tool {Tool} found the store unavailable: {Code}.")]
        public static partial void StoreUnavailable(ILogger logger, string tool, string code, Exception fault);
    }
}
