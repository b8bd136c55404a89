namespace MultiMail.Core.Node;

/// <summary>The node while it starts: edges answer what needs no store at once and await this for the rest.</summary>
public sealed class NodeHandle
{
    private readonly TaskCompletionSource<MultiMailNode> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NodeHandle()
    {
    }

    public NodeHandle(MultiMailNode node) => Started(node);

    public Task<MultiMailNode> GetAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public void Started(MultiMailNode node) => _ready.TrySetResult(node);

    /// <summary>Starting failed: whoever waits gets this fault.</summary>
    public void Failed(Exception fault) => _ready.TrySetException(fault);
}
