namespace Storage.Contract;

/// <summary>What every engine behind <see cref="IStore"/> does. An engine derives from it and says how it is opened.</summary>
public abstract partial class StoreContract : IAsyncDisposable
{
    private readonly List<IStore> _opened = [];

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await store.DisposeAsync();
        }

        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's store; called again after the first one is closed, the same store.</summary>
    protected abstract Task<IStore> OpenAsync(TimeProvider clock);

    /// <summary>After the test, when every store is closed.</summary>
    protected virtual ValueTask CleanAsync() => ValueTask.CompletedTask;

    protected async Task<IStore> StoreAsync()
    {
        var store = await OpenAsync(Clock);
        _opened.Add(store);
        return store;
    }

    protected async Task<Scene> SceneAsync() => await Scene.CreateAsync(await StoreAsync(), Clock);
}
