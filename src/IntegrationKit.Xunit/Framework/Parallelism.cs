using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>
/// How many tests run at once where nobody said it. Integration tests wait for servers more than they compute, and each has
/// its own lane; on few processors xUnit's one test per processor leaves most of the time unused.
/// </summary>
internal static class Parallelism
{
    public const int AtLeast = 4;

    private const string Option = "xunit.execution.MaxParallelThreads";

    /// <summary>Does nothing where a configuration file, the command line or the runner names a number, 0 for "default" included.</summary>
    public static void Widen(ITestFrameworkExecutionOptions options)
    {
        if (options.GetValue<int?>(Option) is null && Environment.ProcessorCount < AtLeast)
        {
            options.SetValue<int?>(Option, AtLeast);
        }
    }
}
