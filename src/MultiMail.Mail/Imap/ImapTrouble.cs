using System.Net.Sockets;
using MailKit.Net.Imap;

namespace MultiMail.Mail;

/// <summary>What went wrong with a server, in one sentence for the person who set it up; never the server's own words.</summary>
internal static class ImapTrouble
{
    public static string Sentence(Exception fault, ImapEndpoint endpoint) => fault switch
    {
        ImapGuardException or ImapUnavailableException => fault.Message,
        SocketException => $"{endpoint.Host}:{endpoint.Port} cannot be reached.",
        TimeoutException or OperationCanceledException => $"{endpoint.Host} did not answer in time.",
        ImapCommandException => $"{endpoint.Host} refused a command.",
        ImapProtocolException => $"{endpoint.Host} closed the connection or broke the protocol.",
        IOException => $"The connection to {endpoint.Host} was lost.",
        _ => $"{endpoint.Host} sent something that could not be read.",
    };
}
