namespace IntegrationKit;

/// <summary>
/// Runs a failed test again, in a fresh environment: after all other tests, with new fixtures and a new lane. A test that
/// passes then counts as passed for the runner and as flaky in the report, which lists every attempt. On a method, a class
/// or the assembly; the nearest one counts. Default without the attribute: a failure is final.
/// </summary>
/// <remarks>
/// The environment variable <c>INTEGRATIONKIT_RETRY</c> sets the number for the whole run and overrules attributes; 0 turns
/// retrying off.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class RetryAttribute : Attribute
{
    /// <summary>Allows further attempts after a failure.</summary>
    /// <param name="times">How often a failed test is run again at most; 0 means never.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public RetryAttribute(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        Times = times;
    }

    /// <summary>How often a failed test is run again at most.</summary>
    public int Times { get; }
}
