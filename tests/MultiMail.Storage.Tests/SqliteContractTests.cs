namespace MultiMail.Storage.Tests;

public sealed class SqliteContractTests : StoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override async Task<IStore> OpenAsync(TimeProvider clock) =>
        await SqliteStore.OpenAsync(new SqliteStoreOptions(_folder.File("mail.db")), clock, Cancelled);

    protected override ValueTask CleanAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
