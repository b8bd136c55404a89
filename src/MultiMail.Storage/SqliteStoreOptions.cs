namespace MultiMail.Storage;

/// <param name="Path">The database file; made when it is missing. Beside it lie its WAL and the write gate.</param>
/// <param name="BlobFolder">Where raw mail above 256 KB lies; null = <c>blobs</c> beside the file.</param>
public sealed record SqliteStoreOptions(string Path, string? BlobFolder = null);
