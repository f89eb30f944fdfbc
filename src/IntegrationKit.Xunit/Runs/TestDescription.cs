using IntegrationKit.Journal;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>A test about to start, as far as its runner knows it. Arguments in canonical form; null when they are not in hand.</summary>
internal sealed record StartingTest(ITestMetadata Test, TestMethodFacts Method, string[]? Arguments)
{
    public required int Attempt { get; init; }

    public required bool Repeats { get; init; }
}

/// <summary>What the journal says of a test when it starts.</summary>
internal static class TestDescription
{
    public static TestStarted Of(StartingTest starting, string execution, string testId, TestCasePlanned planned)
    {
        var (test, method, arguments) = starting;
        var description = new TestStarted
        {
            Execution = execution,
            TestId = testId,
            CaseId = planned.CaseId,
            Attempt = starting.Attempt,
            Repeats = starting.Repeats,
            Name = test.TestDisplayName == planned.Name ? null : test.TestDisplayName,
            Parameters = Parameters(method, arguments),
        };
        return TestTraits.AreEqual(test.Traits, planned.Traits) ? description : description with
        {
            Categories = TestTraits.Of(test.Traits, TestTraits.Category),
            Workflows = TestTraits.Of(test.Traits, WorkflowAttribute.TraitName),
            Traits = TestTraits.All(test.Traits),
        };
    }

    private static TestParameter[]? Parameters(TestMethodFacts method, string[]? arguments)
    {
        if (arguments is not { Length: > 0 })
        {
            return null;
        }

        var parameters = new TestParameter[arguments.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new TestParameter(i < method.ParameterNames.Length ? method.ParameterNames[i] : $"[{i}]", arguments[i]);
        }

        return parameters;
    }
}
