using MultiMail.Mail;

namespace MultiMail.Mcp.Hosting;

/// <summary>What reaches other servers. Each is made at its first use: a start that reaches nobody loads none of their libraries.</summary>
internal static class Outside
{
    public static IMailTransport? Transport() => null;

    public static IMailSource? Fetcher() => null;

    public static IDnsResolver? Dns() => null;
}
