using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;

[assembly: AssemblyFixture(typeof(IntegrationKit.Support.RunRecording))]

namespace IntegrationKit.Support;

/// <summary>One journal for this assembly's tests, which look at it as the report would.</summary>
public sealed class RunRecording : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ik-app-");
    private readonly Recorder recorder;

    public RunRecording()
    {
        recorder = new Recorder(new JournalWriter(Path.Combine(folder.FullName, "run.jsonl")), new Redactor());
        Recorder.Current = recorder;
    }

    internal static IReadOnlyList<JournalEvent> Events => JournalReader.Read(Recorder.Current!.JournalPath!).Events;

    internal static IEnumerable<TEvent> Of<TEvent>()
        where TEvent : JournalEvent => Events.OfType<TEvent>();

    /// <summary>Polls the journal: background work and Kestrel publish a moment after the client has its answer.</summary>
    internal static async Task<TEvent> WaitForAsync<TEvent>(Func<TEvent, bool> wanted)
        where TEvent : JournalEvent
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (Of<TEvent>().FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            await Task.Delay(20, deadline.Token);
        }
    }

    public void Dispose()
    {
        Recorder.Current = null;
        recorder.Dispose();
        folder.Delete(recursive: true);
    }
}
