namespace IntegrationKit.Journal;

/// <summary>
/// The lines every test has, written by hand: the same bytes as the serialiser's (a test compares them), without asking
/// it about every property of every test, and without the time it takes to get ready.
/// </summary>
internal static class TestLines
{
    /// <summary>False for what is left to the serialiser.</summary>
    public static bool TryWrite(LineText line, JournalEvent journalEvent)
    {
        if (journalEvent.Sequence != 0 || journalEvent.AtUs != 0)
        {
            return false;
        }

        switch (journalEvent)
        {
            case TestStarted started:
                Write(line, started);
                return true;
            case TestFinished { Error: null, Attachments: null } finished:
                Write(line, finished);
                return true;
            case TestCasePlanned planned:
                Write(line, planned);
                return true;
            default:
                return false;
        }
    }

    private static void Write(LineText line, TestCasePlanned planned)
    {
        Value(line, "{\"caseId\":"u8, planned.CaseId);
        Text(line, ",\"name\":"u8, planned.Name);
        Text(line, ",\"className\":"u8, planned.ClassName);
        Text(line, ",\"methodName\":"u8, planned.MethodName);
        Texts(line, ",\"categories\":"u8, planned.Categories);
        Texts(line, ",\"workflows\":"u8, planned.Workflows);
        Traits(line, planned.Traits);
        Source(line, planned.SourcePath, planned.SourceLine);
        Text(line, ",\"testId\":"u8, planned.TestId);
        line.Label("}"u8);
    }

    private static void Write(LineText line, TestStarted test)
    {
        Value(line, "{\"execution\":"u8, test.Execution);
        Text(line, ",\"testId\":"u8, test.TestId);
        Text(line, ",\"caseId\":"u8, test.CaseId);
        Number(line, ",\"attempt\":"u8, test.Attempt);
        if (test.Repeats)
        {
            line.Label(",\"repeats\":true"u8);
        }

        Text(line, ",\"name\":"u8, test.Name);
        Text(line, ",\"className\":"u8, test.ClassName);
        Text(line, ",\"methodName\":"u8, test.MethodName);
        Parameters(line, test.Parameters);
        Texts(line, ",\"categories\":"u8, test.Categories);
        Texts(line, ",\"workflows\":"u8, test.Workflows);
        Traits(line, test.Traits);
        Source(line, test.SourcePath, test.SourceLine);
        line.Label("}"u8);
    }

    private static void Write(LineText line, TestFinished test)
    {
        Value(line, "{\"execution\":"u8, test.Execution);
        Text(line, ",\"status\":"u8, test.Status);
        Text(line, ",\"rawStatus\":"u8, test.RawStatus);
        Text(line, ",\"reason\":"u8, test.Reason);
        Number(line, ",\"durationUs\":"u8, test.DurationUs);
        if (test.SetupUs != 0)
        {
            Number(line, ",\"setupUs\":"u8, test.SetupUs);
        }

        Text(line, ",\"output\":"u8, test.Output);
        if (test.OutputCut != 0)
        {
            Number(line, ",\"outputCut\":"u8, test.OutputCut);
        }

        Texts(line, ",\"warnings\":"u8, test.Warnings);
        if (test.Masked)
        {
            line.Label(",\"masked\":true"u8);
        }

        line.Label("}"u8);
    }

    private static void Parameters(LineText line, IReadOnlyList<TestParameter>? parameters)
    {
        if (parameters is null)
        {
            return;
        }

        line.Label(",\"parameters\":["u8);
        for (var i = 0; i < parameters.Count; i++)
        {
            Value(line, i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8, parameters[i].Name);
            Text(line, ",\"value\":"u8, parameters[i].Value);
            line.Label("}"u8);
        }

        line.Label("]"u8);
    }

    private static void Traits(LineText line, IReadOnlyDictionary<string, IReadOnlyList<string>>? traits)
    {
        if (traits is null)
        {
            return;
        }

        var label = ",\"traits\":{"u8;
        foreach (var (name, values) in traits)
        {
            Value(line, label, name);
            Texts(line, ":"u8, values);
            label = ","u8;
        }

        line.Label(traits.Count == 0 ? ",\"traits\":{}"u8 : "}"u8);
    }

    private static void Source(LineText line, string? path, int? number)
    {
        Text(line, ",\"sourcePath\":"u8, path);
        if (number is { } given)
        {
            Number(line, ",\"sourceLine\":"u8, given);
        }
    }

    private static void Texts(LineText line, ReadOnlySpan<byte> label, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            return;
        }

        line.Label(label);
        line.Label("["u8);
        for (var i = 0; i < texts.Count; i++)
        {
            Value(line, i == 0 ? default : ","u8, texts[i]);
        }

        line.Label("]"u8);
    }

    /// <summary>Nothing at all for what is not there.</summary>
    private static void Text(LineText line, ReadOnlySpan<byte> label, string? text)
    {
        if (text is not null)
        {
            Value(line, label, text);
        }
    }

    private static void Value(LineText line, ReadOnlySpan<byte> label, string text)
    {
        line.Label(label);
        line.Text(text);
    }

    private static void Number(LineText line, ReadOnlySpan<byte> label, long value)
    {
        line.Label(label);
        line.Number(value);
    }
}
