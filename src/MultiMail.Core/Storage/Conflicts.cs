namespace MultiMail.Core.Storage;

/// <summary>Turns the store's report of a taken key into a refusal that names the field.</summary>
internal static class Conflicts
{
    public static async ValueTask<T> Refusing<T>(this ValueTask<T> write, string key, string field, string message, string code = ErrorCodes.InvalidParameter)
    {
        try
        {
            return await write.ConfigureAwait(false);
        }
        catch (StoreConflictException conflict) when (conflict.Key == key)
        {
            throw RefusalException.For([new Violation(code, field, message, code == ErrorCodes.InvalidParameter ? "Choose another one." : ErrorCatalog.Of(code).Fix)]);
        }
    }
}
