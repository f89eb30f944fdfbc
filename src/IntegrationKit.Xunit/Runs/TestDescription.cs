using IntegrationKit.Journal;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>A test about to start, as far as its runner knows it. Arguments in canonical form; null when they are not in hand.</summary>
internal sealed record StartingTest(ITestMetadata Test, ITestCaseMetadata Case, TestMethodFacts Method, string[]? Arguments)
{
    public required int Attempt { get; init; }

    public required bool Repeats { get; init; }
}

/// <summary>What the journal says of a test when it starts.</summary>
internal static class TestDescription
{
    private const int MaximumParameterLength = 1000;

    public static TestStarted Of(StartingTest starting, string execution, string testId, SourcePaths sources)
    {
        var (test, testCase, method, arguments) = starting;
        return new TestStarted
        {
            Execution = execution,
            TestId = testId,
            CaseId = testCase.UniqueID,
            Attempt = starting.Attempt,
            Repeats = starting.Repeats,
            Name = test.TestDisplayName,
            ClassName = testCase.TestClassName ?? "",
            MethodName = testCase.TestMethodName,
            Collection = method.Collection,
            Parameters = Parameters(method, arguments),
            Categories = Trait(test, "Category"),
            Workflows = Trait(test, WorkflowAttribute.TraitName),
            Traits = test.Traits.Count == 0 ? null : Traits(test),
            SourcePath = sources.Relative(testCase.SourceFilePath),
            SourceLine = testCase.SourceLineNumber,
            Explicit = testCase.Explicit,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> Traits(ITestMetadata test) => test.Traits
        .OrderBy(trait => trait.Key, StringComparer.Ordinal)
        .ToDictionary(trait => trait.Key, trait => (IReadOnlyList<string>)trait.Value.Order(StringComparer.Ordinal).ToArray());

    private static string[]? Trait(ITestMetadata test, string name) =>
        test.Traits.TryGetValue(name, out var values) && values.Count > 0 ? [.. values.Order(StringComparer.Ordinal)] : null;

    private static TestParameter[]? Parameters(TestMethodFacts method, string[]? arguments)
    {
        if (arguments is not { Length: > 0 })
        {
            return null;
        }

        var parameters = new TestParameter[arguments.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new TestParameter(i < method.ParameterNames.Length ? method.ParameterNames[i] : $"[{i}]", Shorten(arguments[i]));
        }

        return parameters;
    }

    private static string Shorten(string value) =>
        value.Length <= MaximumParameterLength ? value : string.Concat(value.AsSpan(0, MaximumParameterLength), "…");
}
