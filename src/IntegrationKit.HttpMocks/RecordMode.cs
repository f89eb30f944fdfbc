namespace IntegrationKit;

/// <summary>What a mock does with requests while there is a real service behind it.</summary>
public enum RecordMode
{
    /// <summary>Nothing: only what was recorded answers. The default, and always so in CI (the variable <c>CI</c> is set).</summary>
    None,

    /// <summary>Requests that no stub matches go to the real service; its answers are recorded.</summary>
    Missing,

    /// <summary>Every request that no stub of the test matches goes to the real service and is recorded anew.</summary>
    All,
}
