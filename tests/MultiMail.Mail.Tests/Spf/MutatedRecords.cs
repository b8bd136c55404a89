using MultiMail.Mail;

namespace MultiMail.Testing;

/// <summary>Records as people and attackers write them, with a few characters changed; the same for the same seed.</summary>
internal static class MutatedRecords
{
    private const string Alphabet = " :/.%{}=+-~?0123456789abipxldsrmtLDSRHVO_,@\t\u0001\u00e9";

    private static readonly string[] Bases =
    [
        "v=spf1 a mx -all",
        "v=spf1 ip4:192.0.2.0/24 ~all",
        "v=spf1 ip6:2001:db8::/32 ip4:192.0.2.66 -all",
        "v=spf1 include:other.example redirect=third.example",
        "v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all exp=why.victim.example",
        "v=spf1 a:mail.victim.example/24//64 mx:victim.example/28 ?all",
        "v=spf1 ptr:victim.example exists:%{l1r-}.%{o}.victim.example +all",
        "v=spf1 foo=%{s} redirect=other.example",
        "v=spf1 -exists:%{p}.%{h}.victim.example a:%{d}",
        "v=spf1 include:victim.example -all",
    ];

    public static IEnumerable<string> Make(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var text = Bases[random.Next(Bases.Length)].ToCharArray().ToList();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                var at = random.Next("v=spf1 ".Length, text.Count);
                switch (random.Next(3))
                {
                    case 0:
                        text[at] = Alphabet[random.Next(Alphabet.Length)];
                        break;
                    case 1:
                        text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                        break;
                    default:
                        text.InsertRange(at, text.Skip(at).Take(random.Next(1, 12)).ToList());
                        break;
                }
            }

            yield return string.Concat(text);
        }
    }

    /// <summary>The names around the mutated record, in the form that <see cref="ZoneResolver.Of"/> reads.</summary>
    public const string Others = """
        victim.example MX mail.victim.example
        victim.example A 198.51.100.7
        mail.victim.example A 192.0.2.66
        other.example TXT v=spf1 ip4:198.51.100.0/24 ?all
        third.example TXT v=spf1 ip4:192.0.2.66 -all
        why.victim.example TXT See http://victim.example/?s=%{S}&i=%{C}
        66.2.0.192.in-addr.arpa PTR mail.victim.example
        """;

    public static ZoneResolver Zone(string record) => ZoneResolver.Of(Others).Add("victim.example", DnsType.Text, record);
}
