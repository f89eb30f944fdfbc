using System.Collections.Concurrent;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit.Hosting;

/// <summary>
/// An environment variable of the process for as long as the fixture lives. The process has one of each, so two fixtures
/// that want different values at once are told so. Thread-safe.
/// </summary>
internal sealed class EnvironmentVariables(string variable, string? value) : IntegrationResource($"environment variable {variable}")
{
    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<string, Held> Values = new(StringComparer.Ordinal);
    private bool holds;

    internal override Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            var held = Values.GetOrAdd(variable, name => new Held(value, Environment.GetEnvironmentVariable(name), 0));
            if (held.Value != value)
            {
                throw new InvalidOperationException(
                    $"{context.FixtureName} sets the environment variable {variable}, which another fixture of this process has set to another value. "
                    + "Use Setting(...) instead: settings belong to one application.");
            }

            Values[variable] = held with { Count = held.Count + 1 };
            Environment.SetEnvironmentVariable(variable, value);
            holds = true;
        }

        return Task.CompletedTask;
    }

    internal override Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            if (holds && Values.TryGetValue(variable, out var held))
            {
                holds = false;
                Values[variable] = held with { Count = held.Count - 1 };
                if (held.Count == 1)
                {
                    Values.TryRemove(variable, out _);
                    Environment.SetEnvironmentVariable(variable, held.Original);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    private sealed record Held(string? Value, string? Original, int Count);
}
