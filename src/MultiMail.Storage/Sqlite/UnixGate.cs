using System.Runtime.InteropServices;

namespace MultiMail.Storage.Sqlite;

/// <summary>
/// flock on a descriptor of our own. Not a FileStream: .NET locks those itself, and a collected one would close the
/// descriptor and with it the gate.
/// </summary>
internal sealed partial class UnixGate : WriteGate
{
    private const int ReadWrite = 2;
    private const int LockExclusive = 2;
    private const int LockNoWait = 4;
    private const int Unlock = 8;
    private const int Interrupted = 4;
    private readonly int _descriptor;
    private bool _closed;

    public UnixGate(string path)
    {
        var closeOnExec = OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() ? 0x1000000 : 0x80000;
        _descriptor = OpenFile(path, ReadWrite | closeOnExec, 0);
        if (_descriptor < 0)
        {
            throw new IOException($"The write gate {path} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    public override void Enter()
    {
        while (Flock(_descriptor, LockExclusive) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException($"The write gate cannot be entered (error {error}).");
            }
        }
    }

    public override bool TryEnter() => Flock(_descriptor, LockExclusive | LockNoWait) == 0;

    public override void Exit() => _ = Flock(_descriptor, Unlock);

    public override void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            _ = CloseFile(_descriptor);
        }
    }

    // The mode is never read without O_CREAT; declaring it keeps the call away from the two-argument variadic form.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int descriptor);
}
