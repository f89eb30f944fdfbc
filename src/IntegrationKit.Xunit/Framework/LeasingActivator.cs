using System.Reflection;
using Xunit;
using Xunit.v3;

namespace IntegrationKit.Framework;

/// <summary>
/// Sees every test class just before its constructor, with the fixtures in hand, on every xUnit v3 version: the one place
/// where a lane can be made ready before any of the user's code runs. Wraps the activator that was there before.
/// </summary>
internal sealed class LeasingActivator(ITypeActivator inner) : ITypeActivator
{
    private static readonly Lock Gate = new();

    public static void Install()
    {
        lock (Gate)
        {
            if (TypeActivator.Current is not LeasingActivator)
            {
                TypeActivator.Current = new LeasingActivator(TypeActivator.Current);
            }
        }
    }

    public object CreateInstance(
        ConstructorInfo constructor,
        object?[]? arguments,
        Func<Type, IReadOnlyCollection<ParameterInfo>, string> missingArgumentMessageFormatter)
    {
        // Since 4.0 fixtures come through here too; they are made outside a test.
        if (TestContext.Current.Test is { } test)
        {
            TestHooks.Lease(test, arguments ?? []);
        }

        return inner.CreateInstance(constructor, arguments, missingArgumentMessageFormatter);
    }
}
