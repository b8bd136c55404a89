using MultiMail.Core.Mailboxes;

namespace MultiMail.Mcp.Commands;

/// <summary>DNS records for a person: as a provider's form wants them, and as a line of a zone file.</summary>
internal static class DomainText
{
    public static void Write(TextWriter output, DomainView domain)
    {
        foreach (var record in domain.Records)
        {
            output.WriteLine();
            output.WriteLine($"{record.Purpose.ToUpperInvariant()}  {Said(record.State)}");
            output.WriteLine($"  type   {record.Type}");
            output.WriteLine($"  name   {SafeText.Line(record.Name)}");
            output.WriteLine($"  value  {SafeText.Line(record.Value, 2_000)}");
            output.WriteLine($"  zone   {SafeText.Line(record.ZoneLine, 2_000)}");
            if (record.Remark is not null)
            {
                output.WriteLine($"  note   {SafeText.Line(record.Remark, 500)}");
            }
        }
    }

    private static string Said(string state) => state switch
    {
        "found" => "is there",
        "missing" => "is not there",
        "different" => "is another one",
        "unknown" => "cannot be told now",
        _ => "to publish",
    };
}
