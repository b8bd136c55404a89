using MultiMail.Core.Requests;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Commands;

/// <summary>Requests as text for a terminal. All that agents wrote goes through <see cref="SafeText"/>.</summary>
internal static class RequestText
{
    public static void WriteRow(TextWriter output, RequestRow row)
    {
        output.WriteLine($"{row.RequestId}  {row.Kind}  {row.Status}  by {SafeText.Line(row.RequestedByName ?? row.RequestedBy)}  {Rfc3339.Format(row.RequestedAt)}");
        output.WriteLine($"    {SafeText.Line(row.Summary)}");
    }

    public static void Write(TextWriter output, RequestView request)
    {
        Field(output, "Request", $"{request.RequestId}  {request.Status}  {request.Kind}");
        Field(output, "Digest", request.Digest);
        Field(output, "Would", request.Summary);
        foreach (var line in request.Changes)
        {
            Field(output, line.What, Told(line));
        }

        Field(output, "Asked by", $"{request.RequestedByName} {request.RequestedBy}".Trim());
        Field(output, "Asked at", Rfc3339.Format(request.RequestedAt));
        Field(output, "Expires", request.Status == "pending" ? Rfc3339.Format(request.ExpiresAt) : null);
        Field(output, "The agent says", request.Justification);
        Field(output, "Cannot be done", request.Obstacle);
        foreach (var decision in request.Decisions)
        {
            output.WriteLine($"{decision.Decision} by {decision.DecidedBy} over {decision.Channel}  {SafeText.Line(decision.Reason)}".TrimEnd());
        }

        if (request.Status == "pending")
        {
            output.WriteLine($"Approvals: {request.ApprovalsGiven} of {request.ApprovalsNeeded}");
            output.WriteLine($"Next: multimail request approve {request.RequestId} --digest {request.Digest}");
        }
    }

    private static string? Told(ChangeLine line) => line switch
    {
        { To: null } => $"no longer {line.From}",
        { From: null } => line.To,
        _ when line.From == line.To => line.To,
        _ => $"{line.From} → {line.To}",
    };

    private static void Field(TextWriter output, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            output.WriteLine($"{name + ":",-16}{SafeText.Line(value, 2_500)}");
        }
    }
}
