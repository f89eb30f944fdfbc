using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>What it takes to kill a run and to know what it had told until then.</summary>
public sealed partial class SpecimenRun
{
    private const string ProcessMark = "process ";
    private static int processIsMarked;
    private int? frozen;

    private int TestsId => int.Parse(Marks().First(mark => mark.StartsWith(ProcessMark, StringComparison.Ordinal))[ProcessMark.Length..], CultureInfo.InvariantCulture);

    /// <summary>Runs specimens as <c>dotnet test</c> does: their process is a grandchild of ours.</summary>
    public static SpecimenRun StartVsTest<TSpecimen>()
    {
        var folder = Directory.CreateTempSubdirectory("ik-specimen-").FullName;
        var start = Command(
            "dotnet", folder, folder, "test", typeof(SpecimenRun).Assembly.Location, "--filter", "FullyQualifiedName~" + typeof(TSpecimen).Name,
            "--logger", "console;verbosity=normal", "--", "xUnit.Explicit=on", "xUnit.PreEnumerateTheories=true");
        return new SpecimenRun(Process.Start(start)!, folder);
    }

    /// <summary>Called by specimens that are going to be killed.</summary>
    public static void MarkProcess()
    {
        if (Interlocked.Exchange(ref processIsMarked, 1) == 0)
        {
            Mark(ProcessMark + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Freezes the process that the tests' process reports to, until that is signalled.</summary>
    public async Task StopListeningAsync()
    {
        var status = await File.ReadAllLinesAsync($"/proc/{TestsId}/status", TestContext.Current.CancellationToken);
        frozen = int.Parse(status.Single(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture);
        await KillAsync("STOP", frozen.Value);
    }

    /// <summary>Waits until the journal knows of no test in flight but one: a test may begin before the end of the one before it is written.</summary>
    public Task WaitForOneInFlightAsync() => WaitForMarksAsync(_ => Journal() is var events
        && events.OfType<Journal.TestStarted>().Count() == events.OfType<Journal.TestFinished>().Count() + 1);

    public Task WaitForEndsAsync(int tests) => WaitForMarksAsync(_ => Ended().Count >= tests);

    /// <summary>Signals the process that runs the tests and waits for its end.</summary>
    public async Task SignalTestsAsync(string name)
    {
        var id = TestsId;
        using var tests = Process.GetProcessById(id);
        await KillAsync(name, id);
        if (frozen is { } listener)
        {
            await KillAsync("CONT", listener);
        }

        using var deadline = new CancellationTokenSource(Deadline);
        await tests.WaitForExitAsync(deadline.Token);
        if (id == process.Id)
        {
            await WaitAsync();
            return;
        }

        // The adapter takes more than a minute to believe it.
        process.Kill(entireProcessTree: true);
        await WaitAsync();
    }

    /// <summary>What the tests themselves say they were doing.</summary>
    public IReadOnlyList<string> InFlight() => [.. Named("begin ").Except(Ended(), StringComparer.Ordinal)];

    public IReadOnlyList<string> Ended() => [.. Named("end ")];

    /// <summary>What the runner told the world before it died, by display name.</summary>
    public IReadOnlyList<string> ToldAsFinished()
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        List<string> finished = [];
        foreach (var line in Output.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("Passed ", StringComparison.Ordinal) && line.EndsWith(']'))
            {
                finished.Add(line[7..line.LastIndexOf(" [", StringComparison.Ordinal)]);
            }
            else if (line.StartsWith('{') && line.EndsWith('}'))
            {
                using var message = JsonDocument.Parse(line);
                Note(message.RootElement, names, finished);
            }
        }

        return finished;
    }

    private static async Task KillAsync(string signal, int id)
    {
        using var kill = Process.Start("kill", ["-" + signal, id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static void Note(JsonElement message, Dictionary<string, string> names, List<string> finished)
    {
        switch (message.GetProperty("$type").GetString())
        {
            case "test-starting":
                names[message.GetProperty("TestUniqueID").GetString()!] = message.GetProperty("TestDisplayName").GetString()!;
                break;
            case "test-finished":
                finished.Add(names[message.GetProperty("TestUniqueID").GetString()!]);
                break;
        }
    }

    private IEnumerable<string> Named(string mark) =>
        Marks().Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..]);
}
