using System.Diagnostics;
using System.Globalization;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;

namespace IntegrationKit.Reports;

/// <summary>What a test without output costs the recorder: its start and its end, redacted, written, unbuffered.</summary>
internal static class RecorderBenchmark
{
    public static async Task RunAsync(string[] args)
    {
        var tests = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        List<double> bare = [], full = [];
        for (var round = 0; round < 7; round++)
        {
            bare.Add(Measure(tests, static (recorder, i) => Empty(recorder, i)));
            full.Add(Measure(tests / 4, SyntheticRun.Test));
        }

        BenchmarkRow.Write("recorder", "test without output", BenchmarkRow.Median(bare), "us", 25, bare.Count);
        BenchmarkRow.Write("recorder", "test of 1 KB with 8 events", BenchmarkRow.Median(full), "us", null, full.Count);
        var suites = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9;
        // A pair of these runs takes seconds and varies by a tenth: many are needed to see some hundredths.
        await SuiteCost.EmptyAsync(suites * 5);
        await SuiteCost.ShopAsync(suites * 3);
    }

    private static void Empty(Recorder recorder, int i)
    {
        var name = $"Bench.Tests.EmptyTests.Nothing_{i}";
        recorder.Publish(new TestStarted { Execution = name, TestId = name, CaseId = "1", Name = name });
        recorder.Publish(new TestFinished { Execution = name, Status = TestStatus.Passed });
    }

    private static double Measure(int count, Action<Recorder, int> test)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ik-recorder-{Environment.ProcessId}.jsonl");
        try
        {
            using var journal = new JournalWriter(path);
            using var recorder = new Recorder(journal, Redactor.WithEnvironment());
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
            {
                test(recorder, i);
            }

            return clock.Elapsed.TotalMicroseconds / count;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
