using System.Globalization;
using System.Text;
using System.Xml;
using IntegrationKit.Building;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>JUnit XML in the common dialect of GitLab, Jenkins and Azure: no CDATA, attachments by marker line, reruns as surefire writes them.</summary>
internal sealed class JUnitWriter(IReadOnlyList<TestResult>? tests = null, int part = 1) : IReportWriter
{
    public string Format => "junit";

    public string FileName => part == 1 ? "junit.xml" : string.Create(CultureInfo.InvariantCulture, $"junit-{part:000}.xml");

    public IReadOnlyList<IReportWriter> Parts(IntegrationReport report) =>
        [.. JUnitParts.Split(report.TestResults.Tests).Select((ofPart, index) => new JUnitWriter(ofPart, index + 1))];

    public void Write(IntegrationReport report, Stream output)
    {
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = "", NewLineChars = "\n", NewLineHandling = NewLineHandling.None, CloseOutput = false };
        using var xml = XmlWriter.Create(output, settings);
        var written = tests ?? report.TestResults.Tests;
        xml.WriteStartElement("testsuites");
        Attribute(xml, "name", "IntegrationKit");
        Counts(xml, written);
        Attribute(xml, "time", Seconds(report.TestResults.Summary.WallUs));
        foreach (var suite in written.GroupBy(t => (t.Assembly, t.ClassName)))
        {
            WriteSuite(xml, suite.Key.ClassName, [.. suite], report.StartedAt);
        }

        if (part == 1)
        {
            Fixtures(xml, report);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void WriteSuite(XmlWriter xml, string name, List<TestResult> tests, DateTimeOffset start)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", name);
        Counts(xml, tests);
        Attribute(xml, "time", Seconds(tests.Sum(t => t.DurationUs)));
        Attribute(xml, "timestamp", start.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var test in tests)
        {
            WriteCase(xml, test);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, TestResult test)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", test.Name);
        Attribute(xml, "classname", test.ClassName);
        Attribute(xml, "time", Seconds(test.DurationUs));
        if (test.Source is not null)
        {
            Attribute(xml, "file", test.Source.Path);
            if (test.Source.Line is { } line)
            {
                Attribute(xml, "line", line.ToString(CultureInfo.InvariantCulture));
            }
        }

        Properties(xml, test);
        switch (test.Status)
        {
            case TestStatus.Failed:
                Problem(xml, "failure", test.Error, test.RawStatus);
                break;
            case TestStatus.Error:
                Problem(xml, "error", test.Error, test.RawStatus);
                break;
            case TestStatus.Skipped or TestStatus.NotRun:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", test.Reason ?? test.RawStatus ?? "");
                xml.WriteEndElement();
                break;
        }

        foreach (var attempt in test.Attempts ?? [])
        {
            if (attempt.Error is not null)
            {
                Problem(xml, (test.Status == TestStatus.Passed ? "flaky" : "rerun") + (attempt.Status == TestStatus.Failed ? "Failure" : "Error"), attempt.Error, attempt.Status);
            }
        }

        Output(xml, test);
        xml.WriteEndElement();
    }

    private static void Properties(XmlWriter xml, TestResult test)
    {
        xml.WriteStartElement("properties");
        Property(xml, "testId", test.TestId);
        foreach (var workflow in test.WorkflowIds ?? [])
        {
            Property(xml, "workflow", workflow);
        }

        xml.WriteEndElement();
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void Problem(XmlWriter xml, string element, Failure? error, string? raw)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "message", error?.Message ?? raw ?? "");
        Attribute(xml, "type", error?.Type ?? raw ?? "unknown");
        Text(xml, error is null ? raw ?? "" : $"{error.Type}: {error.Message}\n{error.Stack}");
        xml.WriteEndElement();
    }

    /// <summary>One element per case, or parsers that take the last one lose text.</summary>
    private static void Output(XmlWriter xml, TestResult test)
    {
        if (test.Output is null && test.Attachments is null)
        {
            return;
        }

        xml.WriteStartElement("system-out");
        Text(xml, test.Output ?? "");
        foreach (var attachment in test.Attachments ?? [])
        {
            Text(xml, $"\n[[ATTACHMENT|{attachment.Path}]]\n");
        }

        xml.WriteEndElement();
    }

    /// <summary>Readers of JUnit know tests only: what decided the verdict besides them becomes a case of its own, or the file would look green.</summary>
    private static void Fixtures(XmlWriter xml, IntegrationReport report)
    {
        var failures = report.Issues.Where(i => report.Verdict.Reasons.Any(reason => reason.RuleId == i.RuleId) && i.RuleId != VerdictBuilder.FailureRule).ToList();
        if (failures.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", "[run]");
        Counts(xml, failures.Count, 0, failures.Count, 0);
        foreach (var failure in failures)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "name", failure.Title);
            Attribute(xml, "classname", "[run]");
            Attribute(xml, "time", "0");
            Problem(xml, "error", new Failure { Type = failure.RuleId, Message = failure.Message }, null);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyList<TestResult> tests) => Counts(
        xml, tests.Count, tests.Count(t => t.Status == TestStatus.Failed), tests.Count(t => t.Status == TestStatus.Error),
        tests.Count(t => t.Status is TestStatus.Skipped or TestStatus.NotRun));

    private static void Counts(XmlWriter xml, int tests, int failures, int errors, int skipped)
    {
        Attribute(xml, "tests", tests.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "failures", failures.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "errors", errors.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "skipped", skipped.ToString(CultureInfo.InvariantCulture));
    }

    private static string Seconds(long us) => (us / 1_000_000m).ToString("0.000000", CultureInfo.InvariantCulture);

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, XmlText.Clean(value));

    private static void Text(XmlWriter xml, string value) => xml.WriteString(XmlText.Clean(value));
}
