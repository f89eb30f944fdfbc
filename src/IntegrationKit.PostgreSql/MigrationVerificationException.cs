namespace IntegrationKit;

/// <summary>The migrations of a model are not as they should be; the message names the migration and what differs. Fails the test as an assertion does.</summary>
public sealed class MigrationVerificationException : Exception, IAssertionException
{
    internal MigrationVerificationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
