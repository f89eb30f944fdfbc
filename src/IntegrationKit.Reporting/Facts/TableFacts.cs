namespace IntegrationKit.Facts;

internal sealed class TableFacts(string point, string name)
{
    public string Point { get; } = point;
    /// <summary>schema.table as declared, else as seen.</summary>
    public string Name { get; } = name;
    public string Kind { get; set; } = "table";
    public string? Role { get; set; }
    public bool Declared { get; set; }
    public Tally Read { get; } = new();
    public Tally Written { get; } = new();
    public Tally ReadByTests { get; } = new();
    public Tally WrittenByTests { get; } = new();
    public Tally FoundChanged { get; } = new();

    /// <summary>Statement text of a trigger names no table: rows that no test wrote itself were written by the application.</summary>
    public bool WrittenByServer => FoundChanged.Tests.Any(test => !WrittenByTests.Contains(test))
        || (FoundChanged.Calls > 0 && WrittenByTests.Calls == 0);
}

internal sealed record ConstraintFacts(string Point, string Table, string Name, string Kind)
{
    public Tally Violated { get; } = new();
}
