namespace IntegrationKit;

/// <summary>What happens to the tests of a fixture when no PostgreSQL server can be had.</summary>
public enum WhenUnavailable
{
    /// <summary>They fail with an error that lists every probe and the ways out. The default.</summary>
    Fail,

    /// <summary>They are skipped with the same text as reason. A server that was named and is dead still fails.</summary>
    Skip,
}
