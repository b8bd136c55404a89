using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MultiMail.Mail;

/// <summary>Terms of an SPF record by the grammar of RFC 7208 §12. The platform's address parser takes forms that the grammar refuses, so patterns are checked first.</summary>
internal static class SpfTermParser
{
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Null when it breaks the grammar.</summary>
    public static SpfDirective? Directive(ReadOnlySpan<char> term)
    {
        var qualifier = term[0] switch { '-' => AuthResult.Fail, '~' => AuthResult.SoftFail, '?' => AuthResult.Neutral, _ => AuthResult.Pass };
        var rest = term[0] is '+' or '-' or '~' or '?' ? term[1..] : term;
        var end = rest.IndexOfAny(':', '/');
        var name = end < 0 ? rest : rest[..end];
        rest = rest[name.Length..];
        return name switch
        {
            _ when Is(name, "all") => rest.IsEmpty ? new(qualifier, SpfMechanism.All, null) : null,
            _ when Is(name, "include") => Named(qualifier, SpfMechanism.Include, rest),
            _ when Is(name, "exists") => Named(qualifier, SpfMechanism.Exists, rest),
            _ when Is(name, "ptr") => rest.IsEmpty ? new(qualifier, SpfMechanism.Ptr, null) : Named(qualifier, SpfMechanism.Ptr, rest),
            _ when Is(name, "a") => Hosts(qualifier, SpfMechanism.A, rest),
            _ when Is(name, "mx") => Hosts(qualifier, SpfMechanism.Mx, rest),
            _ when Is(name, "ip4") => Network(qualifier, SpfMechanism.Ip4, rest),
            _ when Is(name, "ip6") => Network(qualifier, SpfMechanism.Ip6, rest),
            _ => null,
        };
    }

    /// <summary>domain-spec: a macro string that ends in a macro, or in a dot and a top label of which not all is digits.</summary>
    public static SpfMacro? Target(ReadOnlySpan<char> text) => !text.IsEmpty && EndsLikeDomain(text) ? SpfMacro.Parse(text, SpfTextPlace.Domain) : null;

    private static bool Is(ReadOnlySpan<char> name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool EndsLikeDomain(ReadOnlySpan<char> text)
    {
        if (text[^1] == '}' || text.EndsWith("%%") || text.EndsWith("%_") || text.EndsWith("%-"))
        {
            return true;
        }

        text = text[^1] == '.' ? text[..^1] : text;
        var dot = text.LastIndexOf('.');
        var top = text[(dot + 1)..];
        if (dot < 0 || top.IsEmpty || top[0] == '-' || top[^1] == '-')
        {
            return false;
        }

        var onlyDigits = true;
        foreach (var c in top)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }

            onlyDigits &= char.IsAsciiDigit(c);
        }

        return !onlyDigits;
    }

    private static SpfDirective? Named(AuthResult qualifier, SpfMechanism mechanism, ReadOnlySpan<char> rest) =>
        rest is [':', ..] && Target(rest[1..]) is { } target ? new(qualifier, mechanism, target) : null;

    // [ ":" domain-spec ] [ "/" ip4-cidr ] [ "//" ip6-cidr ]; the prefixes are taken from the end, a domain-spec may hold slashes.
    private static SpfDirective? Hosts(AuthResult qualifier, SpfMechanism mechanism, ReadOnlySpan<char> rest)
    {
        int? prefix6 = null;
        int? prefix4 = null;
        var slash = rest.LastIndexOf('/');
        if (slash > 0 && rest[slash - 1] == '/' && Prefix(rest[(slash + 1)..], 128, ref prefix6))
        {
            rest = rest[..(slash - 1)];
            slash = rest.LastIndexOf('/');
        }
        else if (rest.StartsWith("//"))
        {
            return null;
        }

        if (slash >= 0 && Prefix(rest[(slash + 1)..], 32, ref prefix4))
        {
            rest = rest[..slash];
        }

        var target = rest is [':', ..] ? Target(rest[1..]) : null;
        return rest.IsEmpty || target is not null ? new(qualifier, mechanism, target, null, prefix4 ?? 32, prefix6 ?? 128) : null;
    }

    private static SpfDirective? Network(AuthResult qualifier, SpfMechanism mechanism, ReadOnlySpan<char> rest)
    {
        if (rest is not [':', ..])
        {
            return null;
        }

        rest = rest[1..];
        var slash = rest.IndexOf('/');
        var four = mechanism is SpfMechanism.Ip4;
        int? prefix = null;
        if (slash >= 0 && !Prefix(rest[(slash + 1)..], four ? 32 : 128, ref prefix))
        {
            return null;
        }

        var text = slash < 0 ? rest : rest[..slash];
        var network = four ? Address4(text) : Address6(text);
        return network is null ? null : new(qualifier, mechanism, null, network, prefix ?? 32, prefix ?? 128);
    }

    // "0", or digits without a leading zero.
    private static bool Prefix(ReadOnlySpan<char> text, int most, ref int? prefix)
    {
        if (text.Length is 0 or > 3 || text.ContainsAnyExceptInRange('0', '9') || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        prefix = int.Parse(text, CultureInfo.InvariantCulture);
        return prefix <= most;
    }

    private static IPAddress? Address4(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            int? number = null;
            if (++count > 4 || !Prefix(text[part], 255, ref number))
            {
                return null;
            }
        }

        return count == 4 ? IPAddress.Parse(text) : null;
    }

    private static IPAddress? Address6(ReadOnlySpan<char> text)
    {
        if (!text.Contains(':') || text.ContainsAnyExcept(AddressCharacters))
        {
            return null;
        }

        var dotted = text[(text.LastIndexOf(':') + 1)..];
        if (dotted.Contains('.') && Address4(dotted) is null)
        {
            return null;
        }

        return IPAddress.TryParse(text, out var address) && address.AddressFamily is AddressFamily.InterNetworkV6 ? address : null;
    }
}
