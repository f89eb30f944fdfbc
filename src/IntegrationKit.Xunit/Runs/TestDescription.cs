using System.Collections.Concurrent;
using System.Reflection;
using IntegrationKit.Framework;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>What the journal says of a test when it starts.</summary>
internal static class TestDescription
{
    private const int MaximumParameterLength = 1000;
    private static readonly ConcurrentDictionary<MethodInfo, string[]> ParameterNames = new();

    public static TestStarted Of(
        string execution, string testId, ITestMetadata test, ITestCaseMetadata testCase, object?[]? arguments, SourcePaths sources)
    {
        return new TestStarted
        {
            Execution = execution,
            TestId = testId,
            CaseId = testCase.UniqueID,
            Name = test.TestDisplayName,
            ClassName = testCase.TestClassName ?? "",
            MethodName = testCase.TestMethodName,
            Collection = (testCase as ITestCase)?.TestCollection.TestCollectionDisplayName.Split(" (id: ")[0],
            Parameters = Parameters(testCase, arguments),
            Categories = Trait(test, "Category"),
            Workflows = Trait(test, WorkflowAttribute.TraitName),
            Traits = test.Traits.Count == 0 ? null : test.Traits
                .OrderBy(trait => trait.Key, StringComparer.Ordinal)
                .ToDictionary(trait => trait.Key, trait => (IReadOnlyList<string>)trait.Value.Order(StringComparer.Ordinal).ToArray()),
            SourcePath = sources.Relative(testCase.SourceFilePath),
            SourceLine = testCase.SourceLineNumber,
            Explicit = testCase.Explicit,
        };
    }

    private static string[]? Trait(ITestMetadata test, string name) =>
        test.Traits.TryGetValue(name, out var values) && values.Count > 0 ? [.. values.Order(StringComparer.Ordinal)] : null;

    private static TestParameter[]? Parameters(ITestCaseMetadata testCase, object?[]? arguments)
    {
        if (arguments is not { Length: > 0 })
        {
            return null;
        }

        var method = (testCase as ITestCase)?.TestMethod is { } testMethod
            ? XunitMembers.Get<MethodInfo>(testMethod, "Method")
            : null;
        var names = method is null ? [] : ParameterNames.GetOrAdd(method, static known => [.. known.GetParameters().Select(parameter => parameter.Name ?? "")]);
        return [.. arguments.Select((argument, i) => new TestParameter(
            i < names.Length ? names[i] : $"[{i}]", Shorten(TestIds.Canonical(argument))))];
    }

    private static string Shorten(string value) =>
        value.Length <= MaximumParameterLength ? value : string.Concat(value.AsSpan(0, MaximumParameterLength), "…");
}
