using System.Globalization;
using System.Text;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;

namespace IntegrationKit.Reports;

/// <summary>Tests of about 1 KB: 2 % fail with 14 frames, 30 % print 8 lines, half have a step, a third a statement, all a request.</summary>
internal static class SyntheticRun
{
    public static void Write(string path, int tests)
    {
        using var journal = new JournalWriter(path);
        using var recorder = new Recorder(journal, new Redactor());
        recorder.Publish(new RunStarted { RunId = "bench", Assembly = "Bench.Tests", StartedAt = DateTimeOffset.UnixEpoch, TargetFramework = "net10.0" });
        recorder.Publish(new PointDeclared { Id = "application:Shop", Kind = PointKind.Application, Name = "Shop", Direction = "inbound" });
        recorder.Publish(new PointDeclared { Id = "database:shop", Kind = PointKind.Database, Name = "shop" });
        recorder.Publish(new RunPlanned { TestCases = tests });
        for (var i = 0; i < tests; i++)
        {
            recorder.Publish(Case(i));
        }

        for (var i = 0; i < tests; i++)
        {
            Test(recorder, i);
        }

        recorder.Publish(new RunFinished { Total = tests });
    }

    public static void Test(Recorder recorder, int i)
    {
        var planned = Case(i);
        var id = TestIds.For("Bench.Tests", planned.ClassName, planned.MethodName!, null);
        var execution = id + "@1";
        recorder.Publish(new TestStarted { Execution = execution, TestId = id, CaseId = planned.CaseId });
        if (i % 3 == 0)
        {
            recorder.Publish(new SqlExecuted { Test = execution, Via = Via.Trace, Point = "database:shop", Text = "select id, total from orders where customer_id = $1", Tables = [new TableAccess("orders", "read")], DurationUs = 250 });
        }

        recorder.Publish(new RequestHandled { Test = execution, Via = Via.Trace, Point = "application:Shop", Method = "GET", Route = $"/orders/area{i % 50}/{{id}}", Path = $"/orders/{i}", Status = i % 7 == 0 ? 404 : 200, Authenticated = true, DurationUs = 900 });
        for (var step = 0; step < i % 2; step++)
        {
            recorder.Publish(new StepFinished { Test = execution, Name = $"step {step}", Status = TestStatus.Passed, StartUs = step * 100, DurationUs = 90 });
        }

        recorder.Publish(Finished(execution, i));
    }

    private static TestCasePlanned Case(int i)
    {
        var className = $"Bench.Feature{i / 40}Tests";
        var method = $"Order_{i}_keeps_its_promise_to_the_customer";
        return new TestCasePlanned
        {
            CaseId = i.ToString(CultureInfo.InvariantCulture),
            Name = $"{className}.{method}",
            ClassName = className,
            MethodName = method,
            SourcePath = $"tests/Feature{i / 40}Tests.cs",
            SourceLine = i % 400,
            Workflows = i % 5 == 0 ? ["checkout"] : null,
        };
    }

    private static TestFinished Finished(string execution, int i)
    {
        var failed = i % 50 == 7;
        return new TestFinished
        {
            Execution = execution,
            Status = failed ? TestStatus.Failed : TestStatus.Passed,
            RawStatus = failed ? "assertion" : "passed",
            DurationUs = 1000 + i % 997,
            SetupUs = 300,
            Error = failed ? new TestError { Type = "Xunit.Sdk.EqualException", Message = $"Assert.Equal() Failure: Values differ\nExpected: {i}\nActual:   {i + 1}", Stack = Stack(i) } : null,
            Output = i % 10 < 3 ? Output(i) : null,
        };
    }

    private static string Stack(int i)
    {
        var text = new StringBuilder();
        for (var frame = 0; frame < 14; frame++)
        {
            text.Append($"   at Bench.Tests.Feature{i / 40}.Part{frame}.Step(Order order, CancellationToken token) in src/Part{frame}.cs:line {i % 300 + frame}\n");
        }

        return text.ToString();
    }

    private static string Output(int i)
    {
        var text = new StringBuilder();
        for (var line = 0; line < 8; line++)
        {
            text.Append($"info: Shop.Orders[{i % 90}] handled order {i} in step {line} of {i % 13} ms\n");
        }

        return text.ToString();
    }
}
