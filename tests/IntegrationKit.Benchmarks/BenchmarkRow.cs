using System.Globalization;
using System.Text.Json;

namespace IntegrationKit;

/// <summary>
/// The one form of every benchmark: one JSON object per line with what was measured, its median over interleaved rounds
/// and the budget it has to keep, if any. Absolute times are this machine's; ratios travel.
/// </summary>
internal static class BenchmarkRow
{
    /// <summary>True while every row kept its budget.</summary>
    public static bool AllKept { get; private set; } = true;

    public static void Write(string bench, string name, double value, string unit, double? budget = null, int rounds = 1)
    {
        var kept = budget is null || value <= budget;
        AllKept &= kept;
        var row = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["bench"] = bench,
            ["case"] = name,
            ["value"] = Math.Round(value, 3),
            ["unit"] = unit,
            ["budget"] = budget,
            ["kept"] = kept,
            ["rounds"] = rounds,
            ["processors"] = Environment.ProcessorCount,
        };
        Console.WriteLine(JsonSerializer.Serialize(row));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }

    public static string Invariant(double value) => value.ToString(CultureInfo.InvariantCulture);
}
