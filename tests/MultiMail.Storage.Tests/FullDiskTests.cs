using MultiMail.Storage.Sqlite;
using MultiMail.Testing;

namespace MultiMail.Storage.Tests;

/// <summary>A disk without room, as files beside the database meet it.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public void A_file_that_found_no_room_is_told_as_the_database_tells_it()
    {
        Require.That(File.Exists("/dev/full"), "full-disk", "There is no /dev/full.");
        var met = Assert.ThrowsAny<IOException>(() => File.WriteAllBytes("/dev/full", [1]));
        Assert.Equal("storage_full", Assert.IsType<StoreUnavailableException>(StoreFaults.Of(met)).Code);
    }

    [Fact]
    public void Another_trouble_with_a_file_stays_what_it_is()
    {
        var fault = new IOException("gone");
        Assert.Same(fault, StoreFaults.Of(fault));
    }
}
