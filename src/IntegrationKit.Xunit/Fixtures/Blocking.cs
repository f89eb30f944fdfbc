namespace IntegrationKit.Fixtures;

/// <summary>
/// xUnit's hooks around a test (type activator, before/after) are synchronous. Work is moved to the pool so that xUnit's
/// synchronisation context is never waited on from inside.
/// </summary>
internal static class Blocking
{
    private static int hasRoom;

    public static void Run(Func<Task> work)
    {
        MakeRoom();
        Task.Run(work).GetAwaiter().GetResult();
    }

    public static T Run<T>(Func<Task<T>> work)
    {
        MakeRoom();
        return Task.Run(work).GetAwaiter().GetResult();
    }

    /// <summary>
    /// A test that waits for its lane holds a pool thread meanwhile. Done for the first one only: a suite without
    /// resources would pay for the spare threads and never use them.
    /// </summary>
    private static void MakeRoom()
    {
        if (Interlocked.Exchange(ref hasRoom, 1) == 0)
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(Math.Max(workers, 32), ports);
        }
    }
}
