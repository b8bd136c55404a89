using MultiMail.Mcp.Hosting;

namespace Scenarios.Hosting;

public sealed class MasterKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimail-key-");

    private string KeyPath => Path.Combine(_folder.FullName, "master.key");

    [Fact]
    public void A_key_is_made_once_and_read_again()
    {
        var made = MasterKey.LoadOrCreate(KeyPath, databaseExists: false);
        Assert.Equal(MasterKey.Length, made.Length);
        Assert.Equal(made, MasterKey.LoadOrCreate(KeyPath, databaseExists: true));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Of_many_creators_one_wins_and_all_read_its_key()
    {
        var keys = new byte[16][];
        Parallel.For(0, keys.Length, i => keys[i] = MasterKey.LoadOrCreate(KeyPath, databaseExists: false));
        Assert.All(keys, k => Assert.Equal(keys[0], k));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_database_without_its_key_gets_no_new_one()
    {
        var refused = Assert.Throws<SetupException>(() => MasterKey.LoadOrCreate(KeyPath, databaseExists: true));
        Assert.Contains("backup", refused.Fix, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_can_open_is_refused(UnixFileMode opened)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        MasterKey.LoadOrCreate(KeyPath, databaseExists: false);
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(KeyPath, File.GetUnixFileMode(KeyPath) | opened);
#pragma warning restore CA1416
        var refused = Assert.Throws<SetupException>(() => MasterKey.LoadOrCreate(KeyPath, databaseExists: true));
        Assert.StartsWith("Run: chmod 600", refused.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_file_of_another_length_is_no_key(int length)
    {
        MasterKey.LoadOrCreate(KeyPath, databaseExists: false);
        using (var file = new FileStream(KeyPath, FileMode.Open))
        {
            file.SetLength(length);
        }

        Assert.Throws<SetupException>(() => MasterKey.LoadOrCreate(KeyPath, databaseExists: true));
    }

    [Fact]
    public void Former_keys_are_read_whole_and_only_from_a_file_that_others_do_not_read()
    {
        MasterKey.LoadOrCreate(KeyPath, databaseExists: false);
        Assert.Empty(MasterKey.Former(KeyPath));

        var former = KeyPath + ".former";
        byte[] two = [.. Enumerable.Range(0, 2 * MasterKey.Length).Select(i => (byte)i)];
        File.WriteAllBytes(former, two);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(former, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Throws<SetupException>(() => MasterKey.Former(KeyPath)).Fix, StringComparison.Ordinal);
            File.SetUnixFileMode(former, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal([two[..MasterKey.Length], two[MasterKey.Length..]], MasterKey.Former(KeyPath));
        File.WriteAllBytes(former, two[..40]);
        Assert.Throws<SetupException>(() => MasterKey.Former(KeyPath));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
