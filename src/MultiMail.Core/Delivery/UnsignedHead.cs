namespace MultiMail.Core.Delivery;

/// <summary>Adds nothing: the message leaves with its Date and no signature.</summary>
internal sealed class UnsignedHead : IHeadMaker
{
    public ValueTask<IReadOnlyList<(string Name, string Value)>> FieldsAsync(HeadRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<(string, string)>>([]);
    }
}
