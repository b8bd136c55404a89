using MultiMail.Core.ApiKeys;

namespace MultiMail.Mcp.Protocol;

/// <summary>The group a tool belongs to; <c>--toolsets</c> chooses by it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolsetAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>One of these scopes suffices. A tool without this attribute is never listed and never runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresScopeAttribute(params Scopes[] oneOf) : Attribute
{
    public Scopes[] OneOf { get; } = oneOf;
}
