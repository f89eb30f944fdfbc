using System.Globalization;
using System.Reflection;
using IntegrationKit.Framework;
using Xunit.Sdk;

namespace IntegrationKit.Attempts;

/// <summary>How often a test runs: until it passes (retry), or always (repeat).</summary>
/// <param name="Attempts">Runs in all, at most.</param>
/// <param name="Repeats">True: all of them, whatever comes out.</param>
internal sealed record AttemptPolicy(int Attempts, bool Repeats)
{
    public const string RetryVariable = "INTEGRATIONKIT_RETRY";
    public const string RepeatVariable = "INTEGRATIONKIT_REPEAT";

    /// <summary>Null for a test that runs once, whatever happens.</summary>
    /// <exception cref="FormatException">An environment variable holds no number.</exception>
    public static AttemptPolicy? Of(ITestCase testCase)
    {
        var repeats = FromEnvironment(RepeatVariable) ?? Nearest<RepeatAttribute>(testCase)?.Times ?? 1;
        if (repeats > 1)
        {
            return new AttemptPolicy(repeats, Repeats: true);
        }

        var retries = FromEnvironment(RetryVariable) ?? Nearest<RetryAttribute>(testCase)?.Times ?? 0;
        return retries > 0 ? new AttemptPolicy(retries + 1, Repeats: false) : null;
    }

    private static int? FromEnvironment(string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{variable} is '{text}', which is no number of times. Write for example {variable}=3.");
    }

    private static T? Nearest<T>(ITestCase testCase)
        where T : Attribute
    {
        if (testCase.TestMethod is not { } testMethod || XunitMembers.Method.Of(testMethod) is not { } method)
        {
            return null;
        }

        var testClass = method.ReflectedType ?? method.DeclaringType;
        return method.GetCustomAttribute<T>() ?? testClass?.GetCustomAttribute<T>() ?? testClass?.Assembly.GetCustomAttribute<T>();
    }
}
