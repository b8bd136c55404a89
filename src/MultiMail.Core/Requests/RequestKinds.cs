using System.Text.Json;

namespace MultiMail.Core.Requests;

/// <summary>The kinds of change that can be asked for.</summary>
internal sealed class RequestKinds(params IReadOnlyList<IRequestKind> kinds)
{
    private readonly Dictionary<string, IRequestKind> _byName = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);

    public IRequestedChange Read(ChangeRequest request)
    {
        using var payload = JsonDocument.Parse(request.Payload);
        return _byName[request.Kind].Read(payload.RootElement);
    }
}
