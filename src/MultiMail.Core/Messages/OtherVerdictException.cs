namespace MultiMail.Core.Messages;

/// <summary>The gate's verdict is not the one that the message was written for: it has to be written anew.</summary>
internal sealed class OtherVerdictException(bool reviewed) : Exception("The gate's verdict changed while the message was written.")
{
    /// <summary>A person will see it.</summary>
    public bool Reviewed => reviewed;

    public static void ThrowIf(bool expected, Moved moved)
    {
        if (expected != moved.To is MessageState.Pending)
        {
            throw new OtherVerdictException(!expected);
        }
    }
}
