namespace MultiMail.Core.Delivery;

/// <summary>
/// The fields that were put in front of an approved message when it first left: Date, and what signs it. Made once, kept for
/// every retry, so that each recipient gets the very same bytes.
/// </summary>
/// <param name="Bytes">Whole header fields, each with its CRLF.</param>
/// <param name="SentSha256">Of head and frozen wire form together: the message as it was sent.</param>
public sealed record MessageHead(MessageId Message, int Revision, byte[] Bytes, byte[] SentSha256, DateTimeOffset CreatedAt);
