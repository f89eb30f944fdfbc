using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Commands;

/// <summary>A file the user named cannot be used. The message says which and why.</summary>
internal sealed class InputException(string message) : Exception(message);

/// <summary>Reads report.json strictly: what the schema does not know is an error.</summary>
internal static class ReportDocument
{
    public static IntegrationReport Load(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "report.json") : path;
        return Guard(file, () => ReportReader.Read(file));
    }

    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }

    /// <summary>Runs a command; a bad input becomes one sentence and exit code 2.</summary>
    public static int Run(System.CommandLine.ParseResult parsed, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (InputException exception)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: {exception.Message}");
            return Comparing.Gates.Usage;
        }
    }
}
