using MultiMail.Storage.Sqlite;

namespace MultiMail.Storage.Tests;

public sealed class WriteGateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_descriptor_stays_outside_until_the_first_leaves()
    {
        using var first = WriteGate.Open(_folder.File("mail.db"));
        using var second = WriteGate.Open(_folder.File("mail.db"));
        first.Enter();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        var whileHeld = second.TryEnter();
        first.Exit();
        var afterwards = second.TryEnter();

        Assert.False(whileHeld);
        Assert.True(afterwards);
    }

    [Fact]
    public void A_closed_gate_is_free()
    {
        var first = WriteGate.Open(_folder.File("mail.db"));
        first.Enter();
        using var second = OpenUnproved();
        Assert.False(second.TryEnter());

        first.Dispose();
        first.Dispose();

        Assert.True(second.TryEnter());
    }

    private UnixGate OpenUnproved()
    {
        Testing.Require.That(!OperatingSystem.IsWindows(), "unix", "The probe of a held gate is tried on Unix.");
        return new UnixGate(_folder.File("mail.db") + ".writelock");
    }
}
