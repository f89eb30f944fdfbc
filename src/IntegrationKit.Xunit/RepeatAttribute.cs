namespace IntegrationKit;

/// <summary>
/// Runs a test many times to find out whether it is flaky, each time with new fixtures and a new lane. The runner sees one
/// result: passed when all repetitions passed, else the first failure. The report says how many failed. On a method, a class
/// or the assembly; the nearest one counts. Default without the attribute: once.
/// </summary>
/// <remarks>
/// The environment variable <c>INTEGRATIONKIT_REPEAT</c> sets the number for all selected tests and overrules attributes:
/// <c>INTEGRATIONKIT_REPEAT=50 dotnet run -- -method "*Checkout*"</c>. A repeated test is not retried.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class RepeatAttribute : Attribute
{
    /// <summary>Asks for repetitions.</summary>
    /// <param name="times">How often the test runs in all; 1 is the usual single run.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public RepeatAttribute(int times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        Times = times;
    }

    /// <summary>How often the test runs in all.</summary>
    public int Times { get; }
}
