using System.Text.Json;
using System.Text.Json.Serialization;

namespace MultiMail.Mcp.Protocol;

/// <summary>Addresses as the caller wrote them: one string, which may hold a comma-separated list, or several.</summary>
[JsonConverter(typeof(AddressListConverter))]
internal sealed record AddressList(IReadOnlyList<string> Items);

/// <summary>The schema says string, which every client can fill; an array of strings is taken too.</summary>
internal sealed class AddressListConverter : JsonConverter<AddressList>
{
    public override AddressList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return new AddressList([reader.GetString() ?? string.Empty]);
        }

        var items = new List<string>();
        while (reader.Read() && reader.TokenType is JsonTokenType.String)
        {
            items.Add(reader.GetString() ?? string.Empty);
        }

        return reader.TokenType is JsonTokenType.EndArray ? new AddressList(items) : throw new JsonException("Addresses are strings.");
    }

    public override void Write(Utf8JsonWriter writer, AddressList value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Addresses are only read.");
}
