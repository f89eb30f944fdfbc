namespace IntegrationKit;

/// <summary>How tests that share a fixture are kept apart in its database.</summary>
public enum Isolation
{
    /// <summary>Each running test has a database of its own, brought back to its baseline before the next test. The default.</summary>
    PerTest,

    /// <summary>
    /// Each test gets a fresh clone of the template under the same connection string. Exact for every kind of change, and
    /// slower (tens of milliseconds); for suites that change the schema.
    /// </summary>
    ClonePerTest,

    /// <summary>
    /// The test and the application share one connection and one transaction that is rolled back: hand
    /// <see cref="PostgresDatabase.SharedConnection"/> to the application. Code that opens its own connections does not see the
    /// transaction; if it commits rows, they are removed as with <see cref="PerTest"/>.
    /// </summary>
    Rollback,

    /// <summary>The database is never cleaned: for read-only or deliberately ordered suites.</summary>
    PerFixture,
}
