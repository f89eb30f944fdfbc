using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using Xunit;

namespace IntegrationKit;

/// <summary>
/// A folder the application writes to. Each running test has its own, empty at its start; what the application wrote is
/// listed in the report and attached to the test when it fails. Thread-safe.
/// </summary>
public sealed class FileSandbox : IntegrationResource
{
    private const long LargestAttachment = 1024 * 1024;
    private readonly string folderSetting;
    private DirectoryInfo? root;

    internal FileSandbox(string name, string folderSetting)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folderSetting);
        this.folderSetting = folderSetting;
    }

    /// <summary>The test's folder, as an absolute path.</summary>
    public string Folder => In(CurrentLane);

    /// <summary>The files in it, subfolders included: relative paths with slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Files => List(Folder);

    private string Point => $"storage:{Name}";

    /// <summary>The absolute path of a file in the folder.</summary>
    public string PathOf(string file)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        return Path.Combine(Folder, file);
    }

    /// <summary>The text of a file the application wrote.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message lists the files there are.</exception>
    public string ReadText(string file)
    {
        var path = PathOf(file);
        return File.Exists(path) ? File.ReadAllText(path) : throw new FileNotFoundException(
            $"The application wrote no '{file}'. Files in '{Name}': {(Files.Count == 0 ? "none" : string.Join(", ", Files))}.", path);
    }

    /// <inheritdoc/>
    internal override Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        root = Directory.CreateTempSubdirectory("integrationkit-files-");
        DeclarePoint(context, PointKind.Storage, "file", "in_process");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        var folder = In(lane);
        Directory.CreateDirectory(folder);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        lane.Settings[folderSetting] = folder;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override async Task VerifyAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        var folder = In(lane);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var file in List(folder))
        {
            var info = new FileInfo(Path.Combine(folder, file));
            Recorder.Observe(new FileObserved
            {
                Point = Point,
                Path = file,
                Bytes = info.Length,
                Test = test.Execution,
                Via = Via.Lane,
                Lane = lane.Index,
            });
            if (failed && info.Length <= LargestAttachment)
            {
                TestContext.Current.AddAttachment($"{Name}/{file}", await File.ReadAllBytesAsync(info.FullName, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref root, null) is { Exists: true } folder)
        {
            folder.Delete(recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private static List<string> List(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private string In(Lane lane) => Path.Combine(
        (root ?? throw new InvalidOperationException($"'{Name}' starts with its fixture.")).FullName, $"lane-{lane.Index}");
}
