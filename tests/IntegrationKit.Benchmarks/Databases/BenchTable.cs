using System.Globalization;
using System.Text.Json;

namespace IntegrationKit.Databases;

/// <summary>Prints the rows and writes them where the goals are checked.</summary>
internal static class BenchTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static async Task RunAsync(string name, string[] args, Func<BenchOptions, Task<IReadOnlyList<BenchRow>>> benchmark) =>
        await WriteAsync(name, await benchmark(BenchOptions.Parse(args)));

    public static async Task WriteAsync(string name, IReadOnlyList<BenchRow> rows)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("INTEGRATIONKIT_BENCH_OUTPUT") ?? Path.Combine("artifacts", "bench"));
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, name + ".json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { rows = rows.Select(Rounded) }, Json) + "\n");
        await Console.Out.WriteLineAsync($"{"case",-44} {"ours",10} {"peer",10} {"ratio",8} {"floor",8}  unit, peer");
        foreach (var row in rows.Select(Rounded))
        {
            await Console.Out.WriteLineAsync($"{row.Case,-44} {Text(row.Ours),10} {Text(row.PeerValue),10} {Text(row.Ratio),8} {Text(row.Floor),8}  {row.Unit}{(row.Peer is null ? "" : ", " + row.Peer)}");
        }

        await Console.Out.WriteLineAsync(file);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static BenchRow Rounded(BenchRow row) =>
        row with { Ours = Round(row.Ours), PeerValue = Round(row.PeerValue), Ratio = Round(row.Ratio), Floor = Round(row.Floor) };

    private static double Round(double value) => Math.Round(value, 3);

    private static double? Round(double? value) => value is { } some ? Math.Round(some, 3) : null;

    private static string Text(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
