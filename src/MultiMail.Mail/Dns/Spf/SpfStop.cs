namespace MultiMail.Mail;

/// <summary>Ends a check at once with temperror or permerror, from however deep (RFC 7208 §4.6). Never leaves <see cref="SpfCheck"/>.</summary>
internal sealed class SpfStop(AuthResult result, string reason) : Exception(reason)
{
    public AuthResult Result { get; } = result;
}
