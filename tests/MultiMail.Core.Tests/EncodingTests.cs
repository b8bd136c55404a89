using CsCheck;
using MultiMail.Core.Audit;
using MultiMail.Core.Ids;
using System.Text;
using System.Text.Json;

namespace MultiMail.Core.Tests;

public sealed class EncodingTests
{
    private static readonly PublicIds Ids = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public void Public_ids_round_trip_and_sort_as_keys_do() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Sample((a, b) =>
        {
            var (x, y) = (Ids.Format(new MessageId(a)), Ids.Format(new MessageId(b)));
            return x.Length == 30 && Ids.TryParse<MessageId>(x, out var back) && back.Value == a
                && Math.Sign(string.CompareOrdinal(x, y)) == Math.Sign(a.CompareTo(b));
        });

    [Fact]
    public void An_id_of_another_kind_store_or_spelling_is_none()
    {
        var text = Ids.Format(new MessageId(42));
        Assert.False(Ids.TryParse<ThreadId>("thr" + text[3..], out _));
        Assert.False(new PublicIds(new byte[32]).TryParse<MessageId>(text, out _));
        Assert.False(Ids.TryParse<MessageId>("msg" + text[3..].ToLowerInvariant(), out _));
        for (var i = 4; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == '7' ? '8' : '7') + text[(i + 1)..];
            Assert.False(Ids.TryParse<MessageId>(changed, out _), changed);
        }
    }

    [Fact]
    public void Ids_of_one_process_never_repeat_or_fall()
    {
        var source = new IdSource(TimeProvider.System);
        var values = Enumerable.Range(0, 100_000).Select(_ => source.Next<MessageId>().Value).ToList();
        Assert.Equal(values.Order().Distinct(), values);
    }

    [Fact]
    public void Canonical_json_escapes_as_rfc_8785_says()
    {
        var text = Encoding.UTF8.GetString(new CanonicalJson().BeginObject()
            .Member("a", "\"\\\b\t\n\f\r\u0001\u001f/\u007f\u2028é😀").Member("b", -7).Name("c").Value(null).Name("d").Value(true).EndObject().ToBytes());
        Assert.Equal("{\"a\":\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f/\u007f\u2028é😀\",\"b\":-7,\"c\":null,\"d\":true}", text);
    }

    [Fact]
    public void Canonical_json_is_json_for_any_text() =>
        Gen.String.Where(s => !s.Any(char.IsSurrogate)).Sample(s =>
        {
            using var json = JsonDocument.Parse(new CanonicalJson().BeginObject().Member("t", s).EndObject().ToBytes());
            return json.RootElement.GetProperty("t").GetString() == s;
        });

    [Fact]
    public void Canonical_json_refuses_what_has_no_single_form()
    {
        Assert.Throws<InvalidOperationException>(() => new CanonicalJson().BeginObject().Member("b", 1).Member("a", 1));
        Assert.Throws<InvalidOperationException>(() => new CanonicalJson().BeginObject().Member("a", 1).Member("a", 1));
        Assert.Throws<ArgumentException>(() => new CanonicalJson().BeginObject().Member("a", "\ud800"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CanonicalJson().BeginObject().Member("a", 1L << 53));
    }
}
