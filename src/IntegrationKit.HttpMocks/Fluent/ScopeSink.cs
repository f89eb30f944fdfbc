using IntegrationKit.Stubs;

namespace IntegrationKit.Fluent;

/// <summary>Registers fluent stubs in a scope. A later change replaces the mapping under the same id.</summary>
internal sealed class ScopeSink(StubScope scope) : IStubSink
{
    private readonly Dictionary<MockStub, StubUsage> usages = [];
    private readonly Lock gate = new();

    public void Started(MockStub stub) => scope.Unfinished.TryAdd(stub, 0);

    public void Changed(MockStub stub)
    {
        var usage = UsageOf(stub);
        usage.Title = stub.Draft.Name is { } name ? $"{stub.Draft.Title} ({name})" : stub.Draft.Title;
        foreach (var (mapping, response) in stub.Draft.Mappings().Zip(stub.Draft.Responses))
        {
            scope.Stubs.Add(mapping, usage, stub.Draft.Callbacks.GetValueOrDefault(response));
        }

        if (scope.Unfinished.TryRemove(stub, out _))
        {
            scope.Declared.Enqueue(usage);
        }
    }

    public void Expects(MockStub stub, Called? calls)
    {
        var usage = UsageOf(stub);
        usage.Expected = calls;
        usage.Optional = calls is null;
    }

    private StubUsage UsageOf(MockStub stub)
    {
        lock (gate)
        {
            if (!usages.TryGetValue(stub, out var usage))
            {
                usages[stub] = usage = new StubUsage(stub.Draft.Title);
            }

            return usage;
        }
    }
}
