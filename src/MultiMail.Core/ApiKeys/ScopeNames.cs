namespace MultiMail.Core.ApiKeys;

/// <summary>Scopes in the words of the wire.</summary>
public static class ScopeNames
{
    private static readonly (Scopes Scope, string Name)[] All =
        [(Scopes.Read, "read"), (Scopes.Send, "send"), (Scopes.Oversight, "oversight"), (Scopes.Admin, "admin")];

    public static string Name(Scopes one) => All.Single(p => p.Scope == one).Name;

    public static IReadOnlyList<string> Names(Scopes scopes) => [.. All.Where(p => scopes.HasFlag(p.Scope)).Select(p => p.Name)];

    public static bool TryParse(string name, out Scopes scope)
    {
        scope = All.FirstOrDefault(p => p.Name == name).Scope;
        return scope != Scopes.None;
    }
}
