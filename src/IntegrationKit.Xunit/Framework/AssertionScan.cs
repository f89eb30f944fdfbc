using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace IntegrationKit.Framework;

/// <summary>
/// Whether anything a test method calls can fail it. Follows calls inside the test's own assembly through state machines
/// and lambdas; everything it does not know counts as an assertion, so "nothing" is said only where it is certain.
/// Thread-safe.
/// </summary>
internal sealed class AssertionScan
{
    private static readonly string[] Neutral = ["System", "Microsoft", "netstandard", "mscorlib", "Npgsql", "IntegrationKit"];

    /// <summary>Calls of neutral libraries that throw when the answer is not as it should be.</summary>
    private static readonly string[] Judging = ["Ensure", "Verify", "Assert", "Should", "Throw", "Fail", "Unchanged", "Passes", "Eventually", "GetString", "GetStream", "GetByteArray", "GetFromJson", "Parse", "Single", "First", "Last", "get_Item", "Cast", "ToObject"];

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly ConcurrentDictionary<MethodBase, bool> known = new();

    /// <summary>True unless the method certainly asserts nothing.</summary>
    public bool MayFail(MethodInfo method) => known.GetOrAdd(method, _ => Scan(method, []));

    private static bool Scan(MethodBase method, HashSet<MethodBase> seen)
    {
        if (!seen.Add(method))
        {
            return false;
        }

        if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
        {
            return machine.StateMachineType.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not { } next || Scan(next, seen);
        }

        return method.GetMethodBody()?.GetILAsByteArray() is not { } code || Calls(method, code).Any(call => call is null || Judges(call, method, seen));
    }

    private static bool Judges(MethodBase call, MethodBase caller, HashSet<MethodBase> seen)
    {
        var type = call.DeclaringType;
        if (type is null)
        {
            return true;
        }

        if (type.Assembly == caller.DeclaringType!.Assembly)
        {
            return call.IsAbstract || Scan(call, seen);
        }

        var assembly = type.Assembly.GetName().Name ?? "";
        var neutral = Neutral.Any(name => assembly == name || assembly.StartsWith(name + ".", StringComparison.Ordinal))
            && assembly != "IntegrationKit.FluentAssertions";
        return !neutral || Judging.Any(word => call.Name.StartsWith(word, StringComparison.Ordinal));
    }

    /// <summary>Everything the code calls or takes the address of; null for what cannot be resolved, and for a throw.</summary>
    private static IEnumerable<MethodBase?> Calls(MethodBase method, byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xfe)
            {
                value = (short)(0xfe00 | code[at++]);
            }

            var operation = Codes[value];
            if (operation == OpCodes.Throw)
            {
                yield return null;
            }

            if (operation.OperandType == OperandType.InlineMethod)
            {
                yield return Resolve(method, BitConverter.ToInt32(code, at));
            }

            at += Size(operation, code, at);
        }
    }

    private static int Size(OpCode operation, byte[] code, int at) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
            return method.Module.ResolveMethod(token, typeArguments, method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (Exception exception) when (exception is ArgumentException or BadImageFormatException or TypeLoadException or FileNotFoundException)
        {
            return null;
        }
    }
}
