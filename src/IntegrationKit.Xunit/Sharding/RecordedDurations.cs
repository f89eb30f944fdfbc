using System.Text.Json;

namespace IntegrationKit.Sharding;

/// <summary>
/// How long tests took in an earlier run, by class and method, from a <c>report.json</c>: the file named by
/// <c>INTEGRATIONKIT_DURATIONS</c>, else <c>integration-durations.json</c> in the project. Every shard must be given the
/// same file, or tests would be missed; without one all tests weigh the same.
/// </summary>
internal sealed class RecordedDurations
{
    public const string EnvironmentVariable = "INTEGRATIONKIT_DURATIONS";
    public const string DefaultFile = "integration-durations.json";

    private readonly Dictionary<(string Class, string Method), long> microseconds = [];

    public static RecordedDurations None { get; } = new();

    /// <exception cref="InvalidOperationException">The file named by the environment is missing or is no report.</exception>
    public static RecordedDurations Load(string? projectDirectory)
    {
        var named = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (!string.IsNullOrEmpty(named))
        {
            return Read(Path.Combine(projectDirectory ?? AppContext.BaseDirectory, named));
        }

        return projectDirectory is not null && Path.Combine(projectDirectory, DefaultFile) is var file && File.Exists(file)
            ? Read(file)
            : None;
    }

    public static RecordedDurations Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var report = JsonDocument.Parse(stream);
            var durations = new RecordedDurations();
            foreach (var test in report.RootElement.GetProperty("testResults").GetProperty("tests").EnumerateArray())
            {
                durations.Add(test);
            }

            return durations;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"The durations for sharding cannot be read from '{path}': {exception.Message} Give every shard the same report.json of an earlier run.",
                exception);
        }
    }

    /// <summary>Microseconds of all rows of the method together, or null when it was not there.</summary>
    public long? Of(string className, string methodName) =>
        microseconds.TryGetValue((className, methodName), out var value) ? value : null;

    /// <summary>Half of the known methods take longer than this; unknown tests are taken to be like it.</summary>
    public long Median() => microseconds.Count == 0 ? 1 : Math.Max(1, microseconds.Values.Order().ElementAt(microseconds.Count / 2));

    private void Add(JsonElement test)
    {
        if (test.TryGetProperty("className", out var className) && test.TryGetProperty("methodName", out var methodName)
            && test.TryGetProperty("durationUs", out var duration))
        {
            var key = (className.GetString() ?? "", methodName.GetString() ?? "");
            microseconds[key] = microseconds.GetValueOrDefault(key) + duration.GetInt64();
        }
    }
}
