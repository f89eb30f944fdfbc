using IntegrationKit.Mappings;
using IntegrationKit.Requests;

namespace IntegrationKit.Stubs;

/// <summary>The stubs of one scope. Thread-safe; matching does not lock.</summary>
internal sealed class StubTable
{
    private static long lastOrder;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Stub> byId = [];
    private StubIndex index = new();
    private Stub[]? listed;

    /// <summary>All stubs, newest first, as the admin API lists them.</summary>
    public IReadOnlyList<Stub> All
    {
        get
        {
            lock (gate)
            {
                return listed ??= [.. byId.Values.Reverse()];
            }
        }
    }

    public Stub Add(StubMapping mapping, StubUsage? usage = null, Func<CapturedRequest, (int Status, object? Json)>? callback = null)
    {
        lock (gate)
        {
            var stub = new Stub(mapping, ++lastOrder, usage ?? new StubUsage(mapping.Title)) { Callback = callback };
            if (byId.Remove(mapping.Id, out var previous))
            {
                index.Remove(previous);
            }

            byId[mapping.Id] = stub;
            index.Add(stub);
            listed = null;
            return stub;
        }
    }

    public Stub? Find(Guid id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    public bool Remove(Guid id)
    {
        lock (gate)
        {
            if (!byId.Remove(id, out var stub))
            {
                return false;
            }

            index.Remove(stub);
            listed = null;
            return true;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            byId.Clear();
            index = new StubIndex();
            listed = null;
        }
    }

    /// <summary>The first stub that matches, in WireMock's order; its scenario has taken the step.</summary>
    public Stub? Match(MockRequest request, ScenarioStates states)
    {
        while (true)
        {
            var version = states.Version;
            if (MatchOnce(request, states) is { } stub)
            {
                return stub;
            }

            // Another request may have moved a scenario under our feet, past the stub that was ours.
            if (version == states.Version)
            {
                return null;
            }
        }
    }

    private Stub? MatchOnce(MockRequest request, ScenarioStates states)
    {
        var lists = default(CandidateLists);
        index.Collect(request.Target, request.Path, ref lists);
        while (lists.Next() is { } stub)
        {
            var step = stub.Mapping.Scenario;
            if (states.Allows(step) && stub.Mapping.Request.Matches(request) && states.TryAdvance(step))
            {
                return stub;
            }
        }

        return null;
    }
}
