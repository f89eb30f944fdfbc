using System.Reflection;
using IntegrationKit.Framework;
using IntegrationKit.Runs;
using Xunit.v3;

namespace IntegrationKit;

/// <summary>
/// The xUnit test framework that observes a run and writes its integration report. It decorates the framework that would
/// have run otherwise: xUnit's own, or the one of another <c>[assembly: TestFramework]</c> attribute.
/// </summary>
public sealed class IntegrationKitTestFramework : ITestFramework, IAsyncDisposable
{
    private readonly string? configFileName;
    private readonly SuiteSize suite = new();
    private ITestPipelineStartup? pipelineStartup;
    private ITestFramework? inner;

    /// <summary>Used by xUnit v3 3.x.</summary>
    public IntegrationKitTestFramework()
        : this(null)
    {
    }

    /// <summary>Used by xUnit v3 4.x. Exactly one public constructor may take one argument: xUnit passes null for it.</summary>
    public IntegrationKitTestFramework(string? configFileName)
    {
        this.configFileName = configFileName;
        Rehearsal.Begin();
    }

    /// <inheritdoc />
    public string TestFrameworkDisplayName => inner?.TestFrameworkDisplayName ?? "IntegrationKit";

    /// <inheritdoc />
    public ITestFrameworkDiscoverer GetDiscoverer(Assembly assembly) => new CountingDiscoverer(Inner(assembly).GetDiscoverer(assembly), suite);

    /// <inheritdoc />
    public ITestFrameworkExecutor GetExecutor(Assembly assembly) =>
        new FrameworkExecutor(Inner(assembly).GetExecutor(assembly), assembly, suite);

    /// <inheritdoc />
    public void SetTestPipelineStartup(ITestPipelineStartup pipelineStartup)
    {
        this.pipelineStartup = pipelineStartup;
        inner?.SetTestPipelineStartup(pipelineStartup);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Disposal.DisposeAsync(inner);

    private ITestFramework Inner(Assembly assembly)
    {
        if (inner is null)
        {
            inner = InnerFramework.Create(assembly, configFileName);
            if (pipelineStartup is not null)
            {
                inner.SetTestPipelineStartup(pipelineStartup);
            }
        }

        return inner;
    }
}
