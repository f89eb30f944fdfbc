using System.Collections.Concurrent;
using IntegrationKit.Mappings;

namespace IntegrationKit.Stubs;

/// <summary>The current state of each scenario, one set per test. Thread-safe.</summary>
internal sealed class ScenarioStates
{
    private readonly ConcurrentDictionary<string, string> states = new(StringComparer.Ordinal);

    private long version;

    /// <summary>Changes with every step any scenario takes.</summary>
    public long Version => Volatile.Read(ref version);

    public string Of(string scenario) => states.GetValueOrDefault(scenario, ScenarioStep.Started);

    public bool Allows(ScenarioStep? step) => step?.Required is null || Of(step.Name) == step.Required;

    /// <summary>Takes the step; false when another request took it in the meantime.</summary>
    public bool TryAdvance(ScenarioStep? step)
    {
        if (step?.Next is not { } next)
        {
            return Allows(step);
        }

        var taken = Take(step, next);
        Interlocked.Increment(ref version);
        return taken;
    }

    private bool Take(ScenarioStep step, string next)
    {
        if (step.Required is { } required)
        {
            return states.TryUpdate(step.Name, next, required)
                || (required == ScenarioStep.Started && states.TryAdd(step.Name, next));
        }

        states[step.Name] = next;
        return true;
    }

    public void Set(string scenario, string state) => states[scenario] = state;

    public void Reset() => states.Clear();
}
