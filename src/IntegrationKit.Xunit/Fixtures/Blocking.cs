namespace IntegrationKit.Fixtures;

/// <summary>
/// xUnit's hooks around a test (type activator, before/after) are synchronous. Work is moved to the pool so that xUnit's
/// synchronisation context is never waited on from inside.
/// </summary>
internal static class Blocking
{
    public static void Run(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

    public static T Run<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
