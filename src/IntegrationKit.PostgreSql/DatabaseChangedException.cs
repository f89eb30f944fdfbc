namespace IntegrationKit;

/// <summary>An action changed rows that it should have left alone. Fails the test as an assertion does.</summary>
public sealed class DatabaseChangedException : Exception, IAssertionException
{
    internal DatabaseChangedException(string database, DatabaseChanges changes)
        : base($"Nothing should have changed in {database}, but:{Environment.NewLine}{changes}") => Changes = changes;

    /// <summary>What changed.</summary>
    public DatabaseChanges Changes { get; }
}

/// <summary>xUnit tells failed assertions from other errors by an interface of this name, wherever it is declared.</summary>
internal interface IAssertionException;
