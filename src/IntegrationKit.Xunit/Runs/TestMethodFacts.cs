using IntegrationKit.Framework;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>What all tests of a method have in common.</summary>
/// <param name="IdText">Assembly, class and signature, a line each: what the id of a test is made of.</param>
/// <param name="HasParameters">The method has rows of arguments.</param>
/// <param name="ParameterNames">In the method's order; empty when the method cannot be seen.</param>
internal sealed record TestMethodFacts(string IdText, bool HasParameters, string[] ParameterNames)
{
    public static TestMethodFacts Of(string assemblyName, ITestCaseMetadata testCase)
    {
        var types = testCase.TestMethodParameterTypesVSTest ?? [];
        var method = (testCase as ITestCase)?.TestMethod is { } testMethod ? XunitMembers.Method.Of(testMethod) : null;
        return new TestMethodFacts(
            $"{assemblyName}\n{testCase.TestClassName}\n{testCase.TestMethodName}({string.Join(',', types)})\n",
            types.Length > 0,
            method is null ? [] : Array.ConvertAll(method.GetParameters(), static parameter => parameter.Name ?? ""));
    }
}
