namespace MultiMail.Mail;

/// <summary>Why a relay cannot be used now, in words of ours that hold no secret.</summary>
internal sealed class RelayFaultException(TransportTrouble trouble, string status, string message, Exception? inner = null) : Exception(message, inner)
{
    public TransportTrouble Trouble { get; } = trouble;

    /// <summary>Enhanced status code (RFC 3463), class 4.</summary>
    public string Status { get; } = status;

    public static RelayFaultException Unreachable(string message, Exception? inner = null) => new(TransportTrouble.Unreachable, "4.4.1", message, inner);

    public static RelayFaultException NotSecure(string message, Exception? inner = null) => new(TransportTrouble.NotSecure, "4.7.5", message, inner);

    public static RelayFaultException SignInRefused(string message, Exception? inner = null) => new(TransportTrouble.SignInRefused, "4.7.8", message, inner);

    public static RelayFaultException Disconnected(string message, Exception? inner = null) => new(TransportTrouble.Disconnected, "4.4.2", message, inner);
}
