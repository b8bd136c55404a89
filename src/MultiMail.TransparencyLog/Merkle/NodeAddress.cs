using System.Runtime.InteropServices;

namespace MultiMail.TransparencyLog;

/// <summary>
/// A perfect subtree: the one over the leaves <c>[Index · 2^Level, (Index + 1) · 2^Level)</c>.
/// Level 0 is the leaf hashes. Such a node never changes once its last leaf is there.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NodeAddress(int Level, long Index);
