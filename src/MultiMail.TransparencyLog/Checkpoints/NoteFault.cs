namespace MultiMail.TransparencyLog;

/// <summary>Why a signed note does not open.</summary>
public enum NoteFault
{
    /// <summary>It opens.</summary>
    None,

    /// <summary>Not in the format of C2SP signed-note.</summary>
    Malformed,

    /// <summary>No signature is by a key of the verifier.</summary>
    NoKnownKey,

    /// <summary>A signature that names a known key is not by that key.</summary>
    BadSignature,

    /// <summary>Well signed, but the text is no checkpoint, or its origin is not the name of a key that signed it.</summary>
    NotThisCheckpoint,
}
