using MultiMail.Core.Ids;
using MultiMail.Core.Node;
using MultiMail.Core.Suppression;

namespace MultiMail.Core.Tests.Suppression;

public sealed class UnsubscribeTokenTests
{
    private static readonly UnsubscribeGrant Ann = new(new AccountId(1_234_567_890_123), UnsubscribeTokens.DefaultList, "Ann@example.net");

    /// <summary>The vector of the rule book: key = bytes 00..1f.</summary>
    [Fact]
    public void The_proof_is_the_one_of_the_vector() => Assert.Equal(
        "32XgmX7r7lHr6t4K8cUvTEEgT2PB5v67CTDRLUb39Ng", UnsubscribeTokens.Mac(Key(0), "ten_1", "default", "alice@recipient.test"));

    [Fact]
    public void A_token_comes_back_as_what_it_was_made_of_and_is_the_same_each_time()
    {
        var tokens = Tokens(Key(0));
        Assert.Equal(Ann, tokens.Read(tokens.Make(Ann)));
        Assert.Equal(Ann with { List = "news" }, tokens.Read(tokens.Make(Ann with { List = "news" })));
        Assert.Equal(Ann, tokens.ReadId(tokens.MakeId(Ann)));
        Assert.Equal(tokens.Make(Ann), Tokens(Key(0)).Make(Ann));
        Assert.NotEqual(tokens.Make(Ann), tokens.Make(Ann with { Address = "ann@example.net" }));
        Assert.DoesNotContain("example", tokens.Make(Ann), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_character_anywhere_makes_it_nobodys()
    {
        var tokens = Tokens(Key(0));
        var (token, id) = (tokens.Make(Ann), tokens.MakeId(Ann));
        for (var i = 0; i < token.Length; i++)
        {
            Assert.Null(tokens.Read(Changed(token, i)));
        }

        for (var i = 0; i < id.Length; i++)
        {
            Assert.Null(tokens.ReadId(Changed(id, i)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("abc")]
    [InlineData("AAAA.AAAA")]
    [InlineData("../../etc/passwd.x")]
    [InlineData("ä.ö")]
    public void What_is_no_token_is_refused_quietly(string? text)
    {
        Assert.Null(Tokens(Key(0)).Read(text));
        Assert.Null(Tokens(Key(0)).ReadId(text));
    }

    [Fact]
    public void The_proof_of_one_recipient_does_not_serve_another()
    {
        var tokens = Tokens(Key(0));
        var (ann, bob) = (tokens.Make(Ann), tokens.Make(Ann with { Address = "bob@example.net" }));
        Assert.Null(tokens.Read(ann[..ann.IndexOf('.', StringComparison.Ordinal)] + bob[bob.IndexOf('.', StringComparison.Ordinal)..]));
        Assert.Null(tokens.Read(tokens.MakeId(Ann)));
    }

    [Fact]
    public void After_the_master_key_was_changed_old_tokens_stay_good_while_it_is_listed()
    {
        var old = Tokens(Key(0)).Make(Ann);
        Assert.Equal(Ann, Tokens(Key(1), Key(0)).Read(old));
        Assert.Equal(Ann, Tokens(Key(2), Key(1), Key(0)).Read(old));
        Assert.Null(Tokens(Key(1)).Read(old));
        Assert.NotEqual(old, Tokens(Key(1), Key(0)).Make(Ann));
    }

    [Fact]
    public void An_erased_address_has_one_name_in_any_case_and_keeps_it_over_a_change_of_keys()
    {
        var before = Secrets(Key(0)).NameOfErased(Ann.Account, "Ann@example.net");
        Assert.DoesNotContain("ann", before, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('@', before);
        Assert.Contains(before, Secrets(Key(1), Key(0)).NamesOf(Ann.Account, "ANN@example.net"));
        Assert.DoesNotContain(before, Secrets(Key(0)).NamesOf(new AccountId(2), "ann@example.net"));
    }

    private static byte[] Key(int first) => [.. Enumerable.Range(first, 32).Select(i => (byte)i)];

    private static SuppressionSecrets Secrets(byte[] key, params byte[][] former) => new(new CoreOptions { MasterKey = key, FormerMasterKeys = former });

    private static UnsubscribeTokens Tokens(byte[] key, params byte[][] former) => new(Secrets(key, former));

    private static string Changed(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
}
