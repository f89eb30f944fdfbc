using IntegrationKit.Journal;
using IntegrationKit.Model;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;

namespace IntegrationKit.Samples;

/// <summary>Records a run by publishing the events the product publishes, through the recorder the product uses.</summary>
internal sealed class SampleRun : IDisposable
{
    public const string App = "application:Shop";
    public const string Db = "database:shop";
    public const string Payments = "http:payments";

    private readonly JournalWriter writer;
    private int tests;

    public SampleRun(string? assembly = null, string runId = "run-1", string? shard = null, int? shards = null, int attempt = 1, int minute = 0, DateTimeOffset? startedAt = null, string? commit = null)
    {
        Folder = Directory.CreateTempSubdirectory("ik-report-").FullName;
        Journal = Path.Combine(Folder, $"{runId}-{shard?.Replace('/', '-')}-{attempt}.jsonl");
        writer = new JournalWriter(Journal);
        Recorder = new Recorder(writer, new Redactor());
        Publish(new RunStarted
        {
            RunId = runId,
            StartedAt = startedAt ?? new DateTimeOffset(2026, 11, 22, 20, minute, 0, TimeSpan.Zero),
            Assembly = assembly ?? "Shop.IntegrationTests",
            TargetFramework = "net10.0",
            ShardId = shard,
            ShardCount = shards,
            Attempt = attempt,
            Environment = new RunEnvironment { Framework = ".NET 10.0.12", Os = "linux", OsVersion = "6.1", Architecture = "x64", ProcessorCount = 2, MemoryBytes = 4L << 30, Commit = commit },
        });
        Publish(new RunConfigured { TestFramework = "xUnit.net v3 3.2.2", Parallelism = "2 threads" });
    }

    public string Folder { get; }

    public string Journal { get; }

    public Recorder Recorder { get; }

    public void Publish(JournalEvent journalEvent) => Recorder.Publish(journalEvent);

    /// <summary>Starts a test and gives its execution id.</summary>
    public string Start(string name, string? workflow = null, string className = "Shop.OrderTests", int attempt = 1, string? caseId = null, IReadOnlyList<TestParameter>? parameters = null)
    {
        var id = Identity.TestIds.For("Shop.IntegrationTests", className, name, null);
        var execution = $"{id}@{attempt}.{tests++}";
        Publish(new TestStarted
        {
            Execution = execution,
            TestId = id,
            CaseId = caseId ?? id,
            Attempt = attempt,
            Name = $"{className}.{name}",
            ClassName = className,
            MethodName = name,
            Workflows = workflow is null ? null : [workflow],
            Parameters = parameters,
            SourcePath = "tests/OrderTests.cs",
            SourceLine = 12,
        });
        return execution;
    }

    public void Finish(string execution, string status = TestStatus.Passed, TestError? error = null, string? raw = null, string? output = null) =>
        Publish(new TestFinished { Execution = execution, Status = status, RawStatus = raw, Error = error, DurationUs = 12_000, SetupUs = 800, Output = output });

    public string Pass(string name, Action<string>? body = null, string? workflow = null)
    {
        var execution = Start(name, workflow);
        body?.Invoke(execution);
        Finish(execution);
        return execution;
    }

    public void Fail(string name, string message, string type = "Xunit.Sdk.EqualException", string status = TestStatus.Failed, string raw = "assertion", string? stack = null)
    {
        var execution = Start(name);
        Finish(execution, status, new TestError { Type = type, Message = message, Stack = stack ?? $"   at Shop.OrderTests.{name}() in tests/OrderTests.cs:line 14" }, raw);
    }

    public void Request(string? test, string method, string route, int status, bool authenticated = true, string? exception = null, long durationUs = 900) =>
        Publish(new RequestHandled { Test = test, Via = Via.Trace, Point = App, Method = method, Route = route, Path = Rules.Skeleton.Path(route), Status = status, Authenticated = authenticated, Exception = exception, DurationUs = durationUs });

    public void Sql(string? test, string text, string table, string access = "read", string origin = Origin.Application, string? state = null, string? constraint = null) =>
        Publish(new SqlExecuted { Test = test, Point = Db, Text = text, Tables = [new TableAccess(table, access)], Origin = origin, SqlState = state, Constraint = constraint, DurationUs = 300 });

    public void Call(string? test, int? status, string? error = null) =>
        Publish(new CallSent { Test = test, Point = Payments, Host = "payments.test", Method = "POST", Path = "/v1/charges", Status = status, Error = error, DurationUs = 700 });

    public void Endpoint(string method, string route, bool auth = false, bool body = false, int[]? statuses = null, string[]? roles = null, bool anonymous = false) =>
        Publish(new EndpointDeclared { Point = App, Method = method, Route = route, RequiresAuthorization = auth, AllowsAnonymous = anonymous, AcceptsBody = body, Statuses = statuses, Roles = roles });

    public SampleRun Points()
    {
        Publish(new PointDeclared { Id = App, Kind = PointKind.Application, Name = "Shop", System = "http", Direction = "inbound", Provider = "in_process", DeclaredBy = "Shop.Tests.ShopFixture" });
        Publish(new PointDeclared { Id = Db, Kind = PointKind.Database, Name = "shop", System = "postgresql", Provider = "local_process", DeclaredBy = "Shop.Tests.ShopFixture" });
        Publish(new PointDeclared { Id = Payments, Kind = PointKind.Http, Name = "payments", System = "http", Provider = "mock", DeclaredBy = "Shop.Tests.ShopFixture" });
        return this;
    }

    public SampleRun Done()
    {
        Publish(new RunFinished { Total = tests, DurationUs = Recorder.ElapsedUs });
        writer.Dispose();
        return this;
    }

    public SampleRun Abandon()
    {
        writer.Dispose();
        return this;
    }

    public ReportFilesResult Write(ReportOptions? options = null) => ReportFiles.Write(Journal, Path.Combine(Folder, "out"), options);

    public IntegrationReport Report(ReportOptions? options = null)
    {
        var result = Write(options);
        result.Problems.Should().BeEmpty();
        return result.Report!;
    }

    public void Dispose()
    {
        writer.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
