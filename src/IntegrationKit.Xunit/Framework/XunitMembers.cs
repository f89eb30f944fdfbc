using System.Reflection;

namespace IntegrationKit.Framework;

/// <summary>
/// Reads a property that moved between interfaces from xUnit v3 3.2.2 to 4.0: a direct call would bind to the old place
/// and throw MissingMethodException on the other version. Thread-safe.
/// </summary>
internal sealed class XunitMember<T>(string name)
{
    /// <summary>There is one class per kind of object in nearly every run: the last one found is nearly always the next.</summary>
    private Found? last;

    public T? Of(object target)
    {
        var found = Volatile.Read(ref last);
        if (found is null || found.Type != target.GetType())
        {
            found = new Found(target.GetType(), Find(target.GetType(), name));
            Volatile.Write(ref last, found);
        }

        try
        {
            return found.Property?.GetValue(target) is T value ? value : default;
        }
        catch (TargetInvocationException)
        {
            return default;
        }
    }

    private static PropertyInfo? Find(Type type, string name)
    {
        foreach (var contract in type.GetInterfaces())
        {
            if (contract.GetProperty(name) is { } property)
            {
                return property;
            }
        }

        return type.GetProperty(name);
    }

    private sealed record Found(Type Type, PropertyInfo? Property);
}

/// <summary>The moved properties that are read here.</summary>
internal static class XunitMembers
{
    public static readonly XunitMember<object> TestMethod = new("TestMethod");
    public static readonly XunitMember<MethodInfo> Method = new("Method");
    public static readonly XunitMember<object?[]> Arguments = new("TestMethodArguments");
    public static readonly XunitMember<object?[]> ArgumentsOfCase = new("TestMethodArguments");
}
