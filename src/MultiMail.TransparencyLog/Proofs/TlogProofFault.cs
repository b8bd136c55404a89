namespace MultiMail.TransparencyLog;

/// <summary>Why a <c>.tlog-proof</c> does not prove its leaf.</summary>
public enum TlogProofFault
{
    /// <summary>It does.</summary>
    None,

    /// <summary>The checkpoint does not open: see <see cref="NoteFault"/>.</summary>
    Checkpoint,

    /// <summary>The hashes do not lead from the leaf to the checkpoint's root.</summary>
    Inclusion,
}
