namespace IntegrationKit.Hosting;

/// <summary>
/// Runs work outside of the caller's execution context: a server started inside a test would otherwise carry that test, its
/// culture and its activity into everything it does later.
/// </summary>
internal static class Detached
{
    public static Task RunAsync(Func<Task> work)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(work);
        }
    }
}
