using System.Reflection;

namespace MultiMail.Mail.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void No_type_of_a_library_is_visible()
    {
        var seen = typeof(MessageReader).Assembly.GetExportedTypes().SelectMany(Types).SelectMany(Unwrap).Distinct().ToList();
        Assert.Contains(typeof(MessageReader), seen);
        Assert.Empty(seen.Where(type => !IsOurs(type)).Select(type => type.FullName));
    }

    [Fact]
    public void All_public_types_share_one_namespace() =>
        Assert.All(typeof(MessageReader).Assembly.GetExportedTypes(), type => Assert.Equal("MultiMail.Mail", type.Namespace));

    [Fact]
    public void Only_the_parser_makes_an_address()
    {
        Assert.Empty(typeof(MailboxAddress).GetConstructors());
        Assert.DoesNotContain(typeof(MailboxAddress).GetProperties(), property => property.SetMethod is { IsPublic: true });
    }

    [Fact]
    public void There_is_no_way_to_give_the_composer_a_bcc() =>
        Assert.DoesNotContain(typeof(OutgoingMessage).GetProperties(), property => property.Name.Contains("Bcc", StringComparison.OrdinalIgnoreCase));

    /// <summary>The platform's own types may be seen: they outlive any library.</summary>
    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(MessageReader).Assembly || type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);

    private static IEnumerable<Type> Types(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type> self = [type, .. type.GetInterfaces(), .. type.BaseType is null ? Array.Empty<Type>() : [type.BaseType]];
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            .Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            .SelectMany(method => method.GetParameters().Select(p => p.ParameterType).Append((method as MethodInfo)?.ReturnType ?? typeof(void)));
        var fields = type.GetFields(All).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType);
        return self.Concat(methods).Concat(fields);
    }

    private static IEnumerable<Type> Unwrap(Type type)
    {
        if (type.HasElementType)
        {
            return Unwrap(type.GetElementType()!);
        }

        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Append(type.GetGenericTypeDefinition()) : [type];
    }
}
