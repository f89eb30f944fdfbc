using System.Collections.Concurrent;
using System.Reflection;

namespace IntegrationKit.Framework;

/// <summary>
/// Reads properties that moved between interfaces from xUnit v3 3.2.2 to 4.0: a direct call would bind to the old place
/// and throw MissingMethodException on the other version.
/// </summary>
internal static class XunitMembers
{
    private static readonly ConcurrentDictionary<(Type Type, string Name), PropertyInfo?> Properties = new();

    public static T? Get<T>(object target, string name)
    {
        var property = Properties.GetOrAdd((target.GetType(), name), static key => Find(key.Type, key.Name));
        try
        {
            return property?.GetValue(target) is T value ? value : default;
        }
        catch (TargetInvocationException)
        {
            return default;
        }
    }

    private static PropertyInfo? Find(Type type, string name) =>
        type.GetInterfaces().Select(contract => contract.GetProperty(name)).FirstOrDefault(property => property is not null)
        ?? type.GetProperty(name);
}
