using System.Diagnostics;
using System.Globalization;
using IntegrationKit.Rendering;

namespace IntegrationKit.Reports;

/// <summary>Size, time and memory of finalising, and how fast the page is in a browser beside a page with one row per test.</summary>
internal static class ReportBenchmark
{
    public static async Task RunAsync(string[] args)
    {
        var tests = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var folder = Directory.CreateTempSubdirectory("ik-bench-").FullName;
        try
        {
            var journal = Path.Combine(folder, "run.jsonl");
            SyntheticRun.Write(journal, tests);
            if (args.Length > 2)
            {
                Stages(journal, folder);
                return;
            }

            BenchmarkRow.Write("report", $"journal of {tests} tests", new FileInfo(journal).Length / 1e6, "MB");
            await FinaliseInChildAsync(journal, folder, tests, rounds);
            await BrowseAsync(folder, tests, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Only the journal, to look closer at what is made of it.</summary>
    public static Task JournalAsync(string[] args)
    {
        SyntheticRun.Write(args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    /// <summary>Runs in a process of its own, so that its peak memory is the report's and nothing else.</summary>
    public static Task FinaliseAsync(string[] args)
    {
        var clock = Stopwatch.StartNew();
        var result = ReportFiles.Write(args[0], args[1]);
        var seconds = clock.Elapsed.TotalSeconds;
        if (result.Problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join("; ", result.Problems));
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"{BenchmarkRow.Invariant(seconds)} {self.PeakWorkingSet64} {BenchmarkRow.Invariant(self.TotalProcessorTime.TotalSeconds)}");
        return Task.CompletedTask;
    }

    /// <summary>Where the processor time goes.</summary>
    private static void Stages(string journal, string folder)
    {
        var facts = Stage("read", () => Building.JournalSet.Read([journal], []));
        var report = Stage("build", () => Building.ReportBuilder.Build(facts, ReportOptions.Default));
        foreach (var format in ReportOptions.DefaultFormats)
        {
            Stage(format, () => ReportFiles.Write(report, folder, new ReportOptions { Formats = new HashSet<string>([format], StringComparer.Ordinal) }, []));
        }
    }

    private static T Stage<T>(string name, Func<T> work)
    {
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var result = work();
        self.Refresh();
        BenchmarkRow.Write("report", name, (self.TotalProcessorTime - before).TotalSeconds, "cpu s");
        BenchmarkRow.Write("report", name + " allocated", (GC.GetTotalAllocatedBytes() - allocated) / 1e6, "MB");
        BenchmarkRow.Write("report", name + " kept", GC.GetTotalMemory(forceFullCollection: true) / 1e6, "MB");
        return result;
    }

    private static async Task FinaliseInChildAsync(string journal, string folder, int tests, int rounds)
    {
        List<double> seconds = [];
        List<double> megabytes = [];
        List<double> processor = [];
        for (var round = 0; round < rounds; round++)
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ReportBenchmark).Assembly.Location, "report-finalise", journal, folder]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var figures = (await child.StandardOutput.ReadToEndAsync()).Trim().Split(' ');
            await child.WaitForExitAsync();
            seconds.Add(double.Parse(figures[0], CultureInfo.InvariantCulture));
            megabytes.Add(double.Parse(figures[1], CultureInfo.InvariantCulture) / 1e6);
            processor.Add(double.Parse(figures[2], CultureInfo.InvariantCulture));
        }

        var share = tests / 100_000.0;
        BenchmarkRow.Write("report", $"finalise {tests} tests", BenchmarkRow.Median(seconds), "s", 15 * Math.Max(share, 0.1), rounds);
        BenchmarkRow.Write("report", $"processor time of finalising {tests} tests, start of the process included", BenchmarkRow.Median(processor), "s", null, rounds);
        BenchmarkRow.Write("report", $"peak memory of finalising {tests} tests", BenchmarkRow.Median(megabytes), "MB", 400, rounds);
        foreach (var (file, budget) in new[] { ("report.json", 10.0), ("ctrf.json", 5.0), ("junit.xml", 5.0), ("report.html", 1.6), ("report.md", 0.065) })
        {
            var size = Directory.GetFiles(folder, Path.GetFileNameWithoutExtension(file) + "*" + Path.GetExtension(file)).Sum(path => new FileInfo(path).Length) / 1e6;
            var perTenThousand = file == "report.md" ? size : size * 10_000 / tests;
            BenchmarkRow.Write("report", file == "report.md" ? file : $"{file} per 10,000 tests", perTenThousand, "MB", budget);
        }
    }

    private static async Task BrowseAsync(string folder, int tests, int rounds)
    {
        if (Chromium.Installed is null)
        {
            await Console.Error.WriteLineAsync("No Chromium on PATH: the page was not opened.");
            return;
        }

        var naive = Path.Combine(folder, "naive.html");
        await NaivePage.WriteAsync(Path.Combine(folder, "report.json"), naive);
        List<double> ours = [], theirs = [], search = [], open = [];
        for (var round = 0; round < rounds; round++)
        {
            await using var browser = await Chromium.StartAsync();
            ours.Add(await browser.OpenAsync("file://" + Path.Combine(folder, "report.html")));
            search.Add((await browser.EvaluateAsync(Search("4711 customer")))!.GetValue<double>());
            search.Add((await browser.EvaluateAsync(Search("feature77tests promise")))!.GetValue<double>());
            open.Add((await browser.EvaluateAsync("(async () => { const t = performance.now(); document.querySelector('.row').click(); while (document.querySelector('#one').hidden) await new Promise(r => setTimeout(r, 1)); return performance.now() - t; })()"))!.GetValue<double>());
            await using var other = await Chromium.StartAsync();
            theirs.Add(await other.OpenAsync("file://" + naive, "document.readyState === 'complete'"));
        }

        BenchmarkRow.Write("report", $"page of {tests} tests interactive", BenchmarkRow.Median(ours), "ms", 1500, rounds);
        BenchmarkRow.Write("report", $"page with one row per test, {tests} tests", BenchmarkRow.Median(theirs), "ms", null, rounds);
        BenchmarkRow.Write("report", "one row per test / ours", BenchmarkRow.Median(theirs) / BenchmarkRow.Median(ours), "x", null, rounds);
        BenchmarkRow.Write("report", $"search {tests} tests", BenchmarkRow.Median(search), "ms", 150, rounds);
        BenchmarkRow.Write("report", "open a test", BenchmarkRow.Median(open), "ms", null, rounds);
    }

    /// <summary>From the last key to the drawn result, the pause between keys left out.</summary>
    private static string Search(string text) => $$"""
        (async () => {
          const box = document.querySelector('#app input');
          const count = document.querySelector('#count');
          const before = count.textContent;
          box.value = '{{text}}';
          const start = performance.now();
          box.dispatchEvent(new Event('input'));
          while (count.textContent === before) await new Promise(r => setTimeout(r, 0));
          return performance.now() - start;
        })()
        """;
}
