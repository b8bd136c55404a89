using System.Net;

namespace MultiMail.Mail;

/// <summary>What our own listener saw of a transaction (RFC 7208 §2.4).</summary>
/// <param name="Helo">As given.</param>
/// <param name="ReturnPath">MAIL FROM; empty for the null path, for which <paramref name="Helo"/> is checked.</param>
public sealed record SpfRequest(IPAddress Client, string Helo, string ReturnPath);

/// <param name="Domain">Whose policy was asked; empty when there was none to ask.</param>
/// <param name="IsHelo">The HELO name was checked, for want of a return path.</param>
/// <param name="Reason">One printable line.</param>
/// <param name="Explanation">What the domain itself says about a fail (exp=); a stranger's words, ASCII. Null when it says nothing.</param>
public sealed record SpfVerdict(AuthResult Result, string Domain, bool IsHelo, string Reason, string? Explanation = null);
