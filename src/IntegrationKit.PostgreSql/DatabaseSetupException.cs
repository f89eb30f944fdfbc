namespace IntegrationKit;

/// <summary>
/// A database could not be made ready: no server, a failing migration, a missing seed file. Every test of the fixture fails
/// with it, and the report says "environment", not "product".
/// </summary>
public sealed class DatabaseSetupException : Exception
{
    internal DatabaseSetupException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
