using IntegrationKit.Facts;
using IntegrationKit.Journal;

namespace IntegrationKit.Rules;

/// <summary>Tests by what became of them, in any of their attempts.</summary>
internal static class Finished
{
    public static Tally Where(SuiteFacts facts, Func<TestFinished, bool> condition)
    {
        var tests = new Tally();
        foreach (var test in facts.Tests.Values.Where(test => test.Executions.Exists(execution => execution.Finished is { } finished && condition(finished))))
        {
            tests.Add(test.TestId);
        }

        return tests;
    }
}
