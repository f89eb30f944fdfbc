using System.Text.Json;

namespace IntegrationKit.Journal;

/// <summary>
/// The lines every test has, written by hand: the same bytes as the serialiser's (a test compares them), without asking
/// it about every property of every test, and without the time it takes to get ready.
/// </summary>
internal static class TestLines
{
    /// <summary>False for what is left to the serialiser.</summary>
    public static bool TryWrite(Utf8JsonWriter json, JournalEvent journalEvent)
    {
        if (journalEvent.Sequence != 0 || journalEvent.AtUs != 0)
        {
            return false;
        }

        switch (journalEvent)
        {
            case TestStarted started:
                Write(json, started);
                return true;
            case TestFinished { Error: null, Attachments: null } finished:
                Write(json, finished);
                return true;
            case TestCasePlanned planned:
                json.WriteStartObject();
                json.WriteString("caseId"u8, planned.CaseId);
                json.WriteString("name"u8, planned.Name);
                json.WriteString("className"u8, planned.ClassName);
                Text(json, "methodName"u8, planned.MethodName);
                json.WriteEndObject();
                return true;
            default:
                return false;
        }
    }

    private static void Write(Utf8JsonWriter json, TestStarted test)
    {
        json.WriteStartObject();
        json.WriteString("execution"u8, test.Execution);
        json.WriteString("testId"u8, test.TestId);
        Text(json, "caseId"u8, test.CaseId);
        json.WriteNumber("attempt"u8, test.Attempt);
        if (test.Repeats)
        {
            json.WriteBoolean("repeats"u8, true);
        }

        json.WriteString("name"u8, test.Name);
        json.WriteString("className"u8, test.ClassName);
        Text(json, "methodName"u8, test.MethodName);
        Text(json, "collection"u8, test.Collection);
        Parameters(json, test.Parameters);
        Texts(json, "categories"u8, test.Categories);
        Texts(json, "workflows"u8, test.Workflows);
        Traits(json, test.Traits);
        Text(json, "sourcePath"u8, test.SourcePath);
        if (test.SourceLine is { } line)
        {
            json.WriteNumber("sourceLine"u8, line);
        }

        json.WriteBoolean("explicit"u8, test.Explicit);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TestFinished test)
    {
        json.WriteStartObject();
        json.WriteString("execution"u8, test.Execution);
        json.WriteString("status"u8, test.Status);
        Text(json, "rawStatus"u8, test.RawStatus);
        Text(json, "reason"u8, test.Reason);
        json.WriteNumber("durationUs"u8, test.DurationUs);
        json.WriteNumber("setupUs"u8, test.SetupUs);
        Text(json, "output"u8, test.Output);
        Texts(json, "warnings"u8, test.Warnings);
        json.WriteEndObject();
    }

    private static void Parameters(Utf8JsonWriter json, IReadOnlyList<TestParameter>? parameters)
    {
        if (parameters is null)
        {
            return;
        }

        json.WriteStartArray("parameters"u8);
        foreach (var parameter in parameters)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, parameter.Name);
            json.WriteString("value"u8, parameter.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Traits(Utf8JsonWriter json, IReadOnlyDictionary<string, IReadOnlyList<string>>? traits)
    {
        if (traits is null)
        {
            return;
        }

        json.WriteStartObject("traits"u8);
        foreach (var (name, values) in traits)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
