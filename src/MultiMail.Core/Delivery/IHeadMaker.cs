namespace MultiMail.Core.Delivery;

/// <summary>What is signed: the approved bytes with their Date in front.</summary>
/// <param name="Dated">Date field and frozen wire form, as recipients will see them.</param>
/// <param name="Route">How the message leaves; null when all its recipients are on this server.</param>
internal sealed record HeadRequest(Message Message, Mailbox Mailbox, ReadOnlyMemory<byte> Dated, MailRoute? Route);

/// <summary>Adds fields to a message that is about to leave for the first time, signatures above all.</summary>
internal interface IHeadMaker
{
    /// <summary>Fields to stand in front of the Date, topmost first. Called once for each message, before its first attempt.</summary>
    ValueTask<IReadOnlyList<(string Name, string Value)>> FieldsAsync(HeadRequest request, CancellationToken cancellationToken);
}
