using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MultiMail.Storage.Sqlite;

/// <summary>LockFileEx on the first byte. The probe at the start refuses to run where it does not exclude.</summary>
internal sealed partial class WindowsGate(string path) : WriteGate
{
    private const uint Exclusive = 2;
    private const uint FailImmediately = 1;
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public override void Enter()
    {
        if (!Take(Exclusive))
        {
            throw new IOException($"The write gate cannot be entered (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    public override bool TryEnter() => Take(Exclusive | FailImmediately);

    public override void Exit()
    {
        var at = default(Overlapped);
        _ = UnlockFileEx(_file, 0, 1, 0, ref at);
    }

    public override void Dispose() => _file.Dispose();

    private bool Take(uint flags)
    {
        var at = default(Overlapped);
        return LockFileEx(_file, flags, 0, 1, 0, ref at);
    }

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool LockFileEx(SafeFileHandle file, uint flags, uint reserved, uint low, uint high, ref Overlapped at);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool UnlockFileEx(SafeFileHandle file, uint reserved, uint low, uint high, ref Overlapped at);

    [StructLayout(LayoutKind.Sequential)]
    private struct Overlapped
    {
        public nint Internal;
        public nint InternalHigh;
        public uint Offset;
        public uint OffsetHigh;
        public nint Event;
    }
}
