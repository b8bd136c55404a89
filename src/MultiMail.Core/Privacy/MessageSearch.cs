using System.Text;
using MultiMail.Core.Node;

namespace MultiMail.Core.Privacy;

/// <summary>How a message has to do with an address.</summary>
internal enum Naming
{
    Not,

    /// <summary>Somewhere in it.</summary>
    Mention,

    /// <summary>It is from or to it.</summary>
    Party,
}

/// <summary>Looks whether a message names an address: in what is kept beside it, and in its bytes.</summary>
internal sealed class MessageSearch(CoreContext core, AddressTrace trace)
{
    private readonly EncodedSearch _search = new(trace);

    public async ValueTask<Naming> LookAsync(KeptMessage kept, CancellationToken cancellationToken)
    {
        if (kept.Pieces.Any(p => p.IsParty && trace.Is(Encoding.UTF8.GetString(p.Bytes))))
        {
            return Naming.Party;
        }

        if (kept.Pieces.Any(p => _search.IsIn(p.Bytes)))
        {
            return Naming.Mention;
        }

        foreach (var sha256 in kept.Raw)
        {
            if (await RawAsync(core, kept.Message.Account, sha256, cancellationToken).ConfigureAwait(false) is { } raw && _search.IsIn(raw))
            {
                return Naming.Mention;
            }
        }

        return Naming.Not;
    }

    /// <summary>Null also where the bytes are gone or spoilt: there is nothing to read, and the rest has to go on.</summary>
    public static async ValueTask<byte[]?> RawAsync(CoreContext core, AccountId account, byte[] sha256, CancellationToken cancellationToken)
    {
        try
        {
            return await core.Store.RawAsync(account, sha256, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
