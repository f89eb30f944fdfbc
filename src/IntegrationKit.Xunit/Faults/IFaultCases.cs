namespace IntegrationKit.Faults;

/// <summary>A class whose instances are the faults of a kind of resource. It has a parameterless constructor.</summary>
internal interface IFaultCases
{
    /// <summary>Every fault, by the name that limits a matrix to it.</summary>
    IEnumerable<KeyValuePair<string, object>> Of(string resource);
}
