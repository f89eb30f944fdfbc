using System.Collections.Concurrent;

namespace IntegrationKit.Recording;

/// <summary>
/// What is to be done once when a run is over and its report is written, for example to stop servers that all tests shared.
/// Done here, the runner waits for it; work in an exit handler it would take for a thread that does not end. Thread-safe.
/// </summary>
internal static class AfterRun
{
    private static readonly ConcurrentQueue<Func<Task>> Works = new();

    public static void Register(Func<Task> work) => Works.Enqueue(work);

    /// <summary>Never throws: the results are in, and whatever is left over is found by the next start.</summary>
    public static async Task RunAsync()
    {
        foreach (var work in Works)
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Exit handlers and watchdogs come after us.
            }
        }
    }
}
