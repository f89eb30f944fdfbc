using System.Collections.Concurrent;
using System.Diagnostics;
using IntegrationKit.Hosting;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;
using Microsoft.Extensions.Logging;

namespace IntegrationKit.Observing;

/// <summary>
/// Publishes what the application logs at warning or above, given to a test by the trace in which it was written, and
/// keeps the last lines of any level for the message of a failed start. Thread-safe.
/// </summary>
internal sealed class LogObserver(HostPlan plan) : ILoggerProvider
{
    private const int TailLines = 30;
    private const int LinesPerTest = 500;
    private readonly ConcurrentDictionary<TestScope, Queue<string>> byTest = new();
    private readonly Queue<string> tail = new();

    public ILogger CreateLogger(string categoryName) => new CategoryLogger(this, categoryName);

    public IReadOnlyList<string> Tail()
    {
        lock (tail)
        {
            return [.. tail];
        }
    }

    public string Take(TestScope test)
    {
        if (!byTest.TryRemove(test, out var lines))
        {
            return "";
        }

        lock (lines)
        {
            return string.Join('\n', lines);
        }
    }

    public void Dispose()
    {
    }

    private void Write(string category, LogLevel level, string message, Exception? exception)
    {
        var whose = Activity.Current is { } activity ? Attribution.Of(activity) : Attribution.None;
        var line = $"{level.ToString().ToLowerInvariant()} {category}: {message}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}";
        Keep(tail, line, TailLines);
        if (whose.Scope is { HasEnded: false } test)
        {
            Keep(byTest.GetOrAdd(test, _ => new Queue<string>()), line, LinesPerTest);
        }

        if (level < LogLevel.Warning)
        {
            return;
        }

        Recorder.Observe(new LogWritten
        {
            Point = plan.Point,
            Category = category,
            Level = level.ToString().ToLowerInvariant(),
            Message = message,
            Exception = exception?.ToString(),
            Test = whose.Test,
            Via = whose.Via,
            Origin = whose.Origin,
            Lane = plan.Lane,
            Trace = Activity.Current?.TraceId.ToHexString(),
        });
    }

    private static void Keep(Queue<string> lines, string line, int most)
    {
        lock (lines)
        {
            lines.Enqueue(line);
            while (lines.Count > most)
            {
                lines.Dequeue();
            }
        }
    }

    private sealed class CategoryLogger(LogObserver owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(category, logLevel, formatter(state, exception), exception);
    }
}
