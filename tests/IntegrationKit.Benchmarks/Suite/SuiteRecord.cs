using System.Text.Json;

namespace IntegrationKit.Suite;

/// <summary>What was measured: one suite of one size, cold or warm.</summary>
internal sealed record SuiteCell(string Temperature, int Size, string Peer);

/// <summary>All runs so far, one JSON line each, so that several short calls add up to one comparison.</summary>
internal sealed class SuiteRecord
{
    private readonly string file;
    private readonly List<(SuiteCell Cell, SuiteRun Run)> runs = [];

    public SuiteRecord(string file, bool keep)
    {
        this.file = file;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (!keep)
        {
            File.Delete(file);
        }

        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            var entry = JsonSerializer.Deserialize<Entry>(line)!;
            runs.Add((entry.Cell, entry.Run));
        }
    }

    public IReadOnlyList<SuiteRun> Of(SuiteCell cell) => [.. runs.Where(entry => entry.Cell == cell).Select(entry => entry.Run)];

    public void Add(SuiteCell cell, SuiteRun run)
    {
        runs.Add((cell, run));
        File.AppendAllText(file, JsonSerializer.Serialize(new Entry(cell, run)) + "\n");
    }

    /// <summary>How long a run of the cell will take, from runs of the same suite; null when there are none.</summary>
    public double? Expected(SuiteCell cell)
    {
        var known = runs.Where(entry => entry.Cell.Peer == cell.Peer)
            .OrderBy(entry => Math.Abs(entry.Cell.Size - cell.Size)).ThenByDescending(entry => entry.Cell.Temperature == cell.Temperature).FirstOrDefault();
        return known.Run is null ? null : known.Run.Wall * Math.Max(1, (double)cell.Size / known.Cell.Size);
    }

    private sealed record Entry(SuiteCell Cell, SuiteRun Run);
}
