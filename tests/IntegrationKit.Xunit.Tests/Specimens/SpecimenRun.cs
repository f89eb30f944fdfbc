using System.Diagnostics;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>Runs one specimen class of this assembly in a process of its own and reads the journal it leaves.</summary>
public sealed partial class SpecimenRun : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly Lock Marking = new();
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private SpecimenRun(Process process, string folder)
    {
        this.process = process;
        Folder = folder;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public string Folder { get; }

    public int ProcessId => process.Id;

    public int ExitCode => process.ExitCode;

    public string Output => output.IsCompletedSuccessfully ? output.GetAwaiter().GetResult() : "";

    public string Errors => errors.IsCompletedSuccessfully ? errors.GetAwaiter().GetResult() : "";

    public static SpecimenRun Start<TSpecimen>(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("ik-specimen-").FullName;
        return Start<TSpecimen>(folder, folder, arguments);
    }

    public static SpecimenRun Start<TSpecimen>(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("ik-specimen-").FullName;
        return Start<TSpecimen>(folder, folder, arguments, environment);
    }

    public static SpecimenRun Start<TSpecimen>(
        string folder, string reportFolder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Command(Environment.ProcessPath!, folder, reportFolder, "-class", typeof(TSpecimen).FullName!, "-explicit", "on", "-noColor");
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(SpecimenRun).Assembly.Location);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new SpecimenRun(Process.Start(start)!, folder);
    }

    private static ProcessStartInfo Command(string file, string folder, string reportFolder, params string[] arguments) => new(file, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        Environment = { ["INTEGRATIONKIT_REPORT"] = reportFolder, ["SPECIMEN_FOLDER"] = folder },
    };

    public static async Task<SpecimenRun> RunAsync<TSpecimen>(params string[] arguments)
    {
        var run = Start<TSpecimen>(arguments);
        await run.WaitAsync();
        return run;
    }

    public async Task WaitAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await process.WaitForExitAsync(deadline.Token);
        await Task.WhenAll(output, errors);
    }

    /// <summary>Waits until the specimen has written a line to its marker file.</summary>
    public Task WaitForMarkAsync(string text) => WaitForMarksAsync(marks => marks.Contains(text));

    public Task WaitForAnyMarkAsync() => WaitForMarksAsync(marks => marks.Count > 0);

    private async Task WaitForMarksAsync(Func<IReadOnlyList<string>, bool> areThere)
    {
        var deadline = Stopwatch.StartNew();
        while (!areThere(Marks()))
        {
            if (deadline.Elapsed > Deadline || process.HasExited)
            {
                throw new TimeoutException($"The specimen's mark never came. Output: {Output} {Errors}");
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public IReadOnlyList<string> Marks() =>
        Path.Combine(Folder, "marks.txt") is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    /// <summary>Called by specimens.</summary>
    public static void Mark(string text)
    {
        lock (Marking)
        {
            using var file = new FileStream(
                Path.Combine(Environment.GetEnvironmentVariable("SPECIMEN_FOLDER")!, "marks.txt"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
        }
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    internal IReadOnlyList<JournalEvent> Journal() =>
        JournalReader.Read(Directory.GetFiles(Path.Combine(Folder, "journal"), "*.jsonl").Single()).Events;

    internal Model.IntegrationReport Report()
    {
        using var file = File.OpenRead(Path.Combine(Folder, "report.json"));
        return System.Text.Json.JsonSerializer.Deserialize(file, Model.ReportJson.Canonical.IntegrationReport)!;
    }

    internal TestFinished Result(string method) =>
        Journal().OfType<TestFinished>().Single(result => result.Execution == Started(method).Start.Execution);

    internal (TestStarted Start, TestCasePlanned Case) Started(string method) => Tests().Single(test => test.Case.MethodName == method);

    /// <summary>The tests in the order of their start, each with its case.</summary>
    internal IReadOnlyList<(TestStarted Start, TestCasePlanned Case)> Tests()
    {
        var journal = Journal();
        var cases = journal.OfType<TestCasePlanned>().ToDictionary(planned => planned.CaseId);
        return [.. journal.OfType<TestStarted>().Select(test => (test, test.Of(cases[test.CaseId!])))];
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
