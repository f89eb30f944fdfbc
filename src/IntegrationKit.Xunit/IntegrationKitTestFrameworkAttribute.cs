using System.Reflection;
using IntegrationKit.Framework;
using Xunit.v3;

namespace IntegrationKit;

/// <summary>
/// Registers IntegrationKit's test framework, which wraps whatever framework the project already has. Referencing the
/// package adds it to the test assembly; set the MSBuild property <c>IntegrationKitRegisterTestFramework</c> to
/// <c>false</c> to keep it out.
/// </summary>
/// <remarks>
/// The name sorts before <c>Xunit.TestFrameworkAttribute</c>, and xUnit takes the first framework attribute by name: that
/// is why both can be on one assembly.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class IntegrationKitTestFrameworkAttribute : Attribute, ITestFrameworkAttribute, IBeforeAfterTestAttribute
{
    /// <inheritdoc />
    public Type FrameworkType => typeof(IntegrationKitTestFramework);

    /// <summary>Keeps a test from beginning that is not to run now: no other row of a retried theory, and none once the run is aborted.</summary>
    public void Before(MethodInfo methodUnderTest, IXunitTest test) => TestHooks.Before(test);

    /// <summary>Ends the test's leases: what a resource finds wrong here (an unmatched request, say) fails the test.</summary>
    public void After(MethodInfo methodUnderTest, IXunitTest test) => TestHooks.After(test);
}
