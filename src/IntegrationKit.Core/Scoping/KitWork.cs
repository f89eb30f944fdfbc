namespace IntegrationKit.Scoping;

/// <summary>
/// Marks what the kit does itself (starting servers, cleaning databases) so that it is not taken for work of the test or
/// of the application. Flows with the execution context; an application host is started outside of it.
/// </summary>
internal static class KitWork
{
    private static readonly AsyncLocal<bool> Active = new();

    public static bool IsActive => Active.Value;

    public static Scope Begin()
    {
        var previous = Active.Value;
        Active.Value = true;
        return new Scope(previous);
    }

    public readonly struct Scope(bool previous) : IDisposable
    {
        public void Dispose() => Active.Value = previous;
    }
}
