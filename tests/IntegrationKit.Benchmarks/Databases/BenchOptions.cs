using System.Globalization;

namespace IntegrationKit.Databases;

/// <summary>Options common to the database benchmarks.</summary>
// Rounds: interleaved rounds per case (--rounds N).
// Quick: the cases with a stated goal only (--quick).
// Tables: sizes of the schema (--tables 10,100,500).
// Only: the part of a case's name that a case must have to be measured (--only exact/1000, --only next-statements); of the benchmarks of mocks and resets.
internal sealed record BenchOptions(int Rounds, bool Quick, IReadOnlyList<int> Tables, string Only = "")
{
    public static BenchOptions Parse(string[] args)
    {
        var quick = args.Contains("--quick", StringComparer.Ordinal);
        return new BenchOptions(
            int.Parse(Value(args, "--rounds") ?? (quick ? "9" : "15"), CultureInfo.InvariantCulture),
            quick,
            [.. (Value(args, "--tables") ?? "10,100,500").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))],
            Value(args, "--only") ?? "");
    }

    public bool Wants(string part) => part.Contains(Only, StringComparison.Ordinal);

    private static string? Value(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
}
