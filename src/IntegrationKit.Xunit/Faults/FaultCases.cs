using System.Reflection;

namespace IntegrationKit.Faults;

/// <summary>The faults that a theory's parameter can hold.</summary>
internal static class FaultCases
{
    public static IReadOnlyList<object> For(MethodInfo method, string resource, IReadOnlyCollection<object> wanted)
    {
        var type = method.GetParameters() is [{ } parameter] ? parameter.ParameterType : null;
        var all = (type switch
        {
            { IsEnum: true } => Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => Enum.ToObject(type, value))
                .Select(value => KeyValuePair.Create(value.ToString()!, value)),
            { } when typeof(IFaultCases).IsAssignableFrom(type) => ((IFaultCases)Activator.CreateInstance(type)!).Of(resource),
            _ => throw new InvalidOperationException(
                $"{method.DeclaringType?.Name}.{method.Name} has [FaultMatrix(\"{resource}\")] and must take exactly one parameter that "
                + "says which faults are meant: a FaultCase for an HTTP mock, a DatabaseFault for a database."),
        }).ToArray();
        var unknown = wanted.FirstOrDefault(name => !Array.Exists(all, fault => Is(fault, name)));
        return unknown is null
            ? [.. all.Where(fault => wanted.Count == 0 || wanted.Any(name => Is(fault, name))).Select(fault => fault.Value)]
            : throw new InvalidOperationException(
                $"[FaultMatrix(\"{resource}\")] of {method.DeclaringType?.Name}.{method.Name} names the fault '{unknown}'. "
                + $"There are: {string.Join(", ", all.Select(fault => fault.Key))}.");
    }

    private static bool Is(KeyValuePair<string, object> fault, object name) =>
        fault.Value.Equals(name) || (name is string text && string.Equals(text, fault.Key, StringComparison.OrdinalIgnoreCase));
}
