using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Samples;

namespace IntegrationKit;

/// <summary>A thousand random secrets in every channel; none may be found in any file in any usual encoding.</summary>
public sealed class RedactionPropertyTests
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!$%&/()=?+*~#<>|;,.:-_\"'\\@€ßж";

    [Fact]
    public void No_registered_secret_reaches_a_file()
    {
        var random = new Random(20261122);
        var secrets = Enumerable.Range(0, 1000).Select(_ => Secret(random)).ToList();
        using var run = new SampleRun().Points();
        secrets.ForEach(run.Recorder.Redactor.Register);
        for (var i = 0; i < secrets.Count; i++)
        {
            Plant(run, i, secrets[i]);
        }

        var result = run.Done().Write();

        result.Problems.Should().BeEmpty();
        result.Report!.TestResults.Tests.Should().HaveCount(1000);
        var any = System.Buffers.SearchValues.Create([.. secrets.SelectMany(Forms)], StringComparison.Ordinal);
        foreach (var path in result.Paths.Append(run.Journal))
        {
            var text = File.ReadAllText(path);
            var page = path.EndsWith(".html", StringComparison.Ordinal) ? text.Replace("<wbr>", "", StringComparison.Ordinal) + Inflate(text) : text;
            var at = page.AsSpan().IndexOfAny(any);
            (at < 0 ? "" : page.Substring(Math.Max(0, at - 60), 120)).Should().BeEmpty($"{Path.GetFileName(path)} must not hold a secret");
        }

        result.Report.Redactions.Total.Should().BeGreaterThan(1000);
        TestContext.Current.TestOutputHelper!.WriteLine($"{secrets.Count} secrets, {result.Report.Redactions.Total} texts masked, 0 found in {result.Paths.Count + 1} files in {secrets.Sum(secret => Forms(secret).Distinct(StringComparer.Ordinal).Count())} forms");
    }

    [Theory]
    [InlineData("Password=hunter2-long;", "hunter2-long")] // by its shape
    [InlineData("for CUST-4711 only", "CUST-4711")] // by a pattern of the user
    public void What_nobody_registered_is_masked_in_every_channel(string text, string secret)
    {
        using var run = new SampleRun().Points();
        run.Recorder.Redactor.AddPattern(@"\bCUST-\d+\b");
        Plant(run, 0, text, text);

        var result = run.Done().Write();

        result.Problems.Should().BeEmpty();
        result.Report!.TestResults.Tests.Should().ContainSingle();
        foreach (var path in result.Paths.Append(run.Journal))
        {
            var content = File.ReadAllText(path);
            (content + Inflate(content)).Should().NotContain(secret, path);
        }

        result.Report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK7001").Which.TestIds.Should().ContainSingle();
    }

    [Fact]
    public void What_was_cut_is_counted_once_and_truly()
    {
        using var run = new SampleRun();
        run.Finish(run.Start("A"), output: new string('x', 50_000_000));
        var error = new TestError { Type = "X", Message = new string('m', 1_000_000), Stack = new string('s', 1_000_000) };
        run.Finish(run.Start("B"), TestStatus.Failed, error, "assertion", output: new string('y', 300_000));

        var report = run.Done().Report();

        report.Truncations.Should().BeEquivalentTo([
            new Model.Truncation("testResults.tests[].error.message", "16 KiB", 1_000_000 - 16 * 1024),
            new Model.Truncation("testResults.tests[].error.stack", "32 KiB", 1_000_000 - 32 * 1024),
            new Model.Truncation("testResults.tests[].output", "256 KiB", 50_000_000 - 64 * 1024 + 300_000 - 256 * 1024)]);
        report.TestResults.Tests[0].Output.Should().Contain($"… {50_000_000 - 64 * 1024} characters cut …");
        report.Issues.Should().ContainSingle(issue => issue.RuleId == "IK7002").Which.Title.Should().Be("2 tests say more than the report keeps");
    }

    [Theory]
    [InlineData("Host=localhost;Username=app;Password=hunter2-long;Database=shop", "hunter2-long")]
    [InlineData("Password=\"two words\";Database=x", "two words")]
    [InlineData("postgres://app:hunter2@db:5432/shop", "hunter2")]
    [InlineData("Authorization: Bearer abcdefghijklmnop", "abcdefghijklmnop")]
    [InlineData("Cookie: session=abcdef; theme=dark", "abcdef")]
    [InlineData("{\"access_token\":\"abc.def.ghi\"}", "abc.def.ghi")]
    [InlineData("X-Api-Key: 0123456789", "0123456789")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIiOiIxIn0")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----", "MIIEvQ")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE here", "AKIAIOSFODNN7EXAMPLE")]
    public void Well_known_shapes_are_masked_without_registration(string text, string secret) =>
        new Redaction.Redactor().Redact(text).Should().Contain("***").And.NotContain(secret);

    [Theory]
    [InlineData("The tokenizer found 3 tokens in the key file")]
    [InlineData("select * from passwords where id = $1")]
    [InlineData("https://example.test/orders?page=2")]
    public void Ordinary_text_stays(string text) => new Redaction.Redactor().Redact(text).Should().Be(text);

    [Fact]
    public void A_users_pattern_is_masked()
    {
        var redactor = new Redaction.Redactor();

        redactor.AddPattern(@"\bCUST-\d+\b").Should().BeTrue();
        redactor.AddPattern("(").Should().BeFalse();

        redactor.Redact("for CUST-4711 only").Should().Be("for *** only");
    }

    [Fact]
    public void A_cut_never_leaves_half_a_secret()
    {
        using var run = new SampleRun();
        run.Recorder.Redactor.Register("0123456789abcdef");
        var output = new StringBuilder();
        while (output.Length < 3_000_000)
        {
            output.Append("0123456789abcdef");
        }

        run.Finish(run.Start("A"), output: output.ToString());

        run.Done().Report();

        File.ReadAllText(run.Journal).Should().NotContain("01234567").And.NotContain("9abcdef").And.Contain("characters cut");
        new FileInfo(run.Journal).Length.Should().BeLessThan(100_000);
    }

    [Fact]
    public void Labels_are_searched_by_shape_and_equal_ones_are_joined()
    {
        using var run = new SampleRun();
        var traits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["password=one"] = ["a"],
            ["password=two"] = ["b", "Pwd=three"],
            ["Team"] = ["Orders"],
        };
        run.Publish(new TestCasePlanned { CaseId = "1", Name = "N", ClassName = "C", Categories = ["secret: password=four"], Workflows = ["checkout"], Traits = traits });
        run.Publish(new TestStarted { Execution = "t1@1", TestId = "t1", CaseId = "1" });
        run.Finish("t1@1");
        run.Done();

        var test = run.Report().TestResults.Tests.Should().ContainSingle().Which;

        test.Categories.Should().Equal("secret: password=***");
        test.WorkflowIds.Should().Equal("checkout");
        test.Labels!["Team"].Should().Equal("Orders");
        test.Labels["password=***"].Should().BeEquivalentTo("a", "b", "Pwd=***");
        File.ReadAllText(run.Journal).Should().NotContainAny("one", "two", "three", "four");
    }

    private static void Plant(SampleRun run, int i, string secret)
    {
        var forms = Forms(secret).ToList();
        Plant(run, i, $"value {forms[i % forms.Count]} end", $"attached by {i}");
    }

    private static void Plant(SampleRun run, int i, string text, string attached)
    {
        var test = $"t1-{i}@1";
        var traits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["trait"] = [text], [text] = [text, "plain"] };
        run.Publish(new TestCasePlanned { CaseId = $"{i}", Name = $"Test({text})", ClassName = "C", Categories = [text], Workflows = [text], Traits = traits, SourcePath = text });
        run.Publish(new TestStarted
        {
            Execution = test,
            TestId = $"t1-{i}",
            CaseId = $"{i}",
            Name = $"Test({text})",
            ClassName = "C",
            MethodName = "M",
            Parameters = [new TestParameter("p", text)],
            Categories = [text],
            Traits = traits,
            SourcePath = text,
        });
        run.Publish(new RequestHandled { Test = test, Point = SampleRun.App, Method = "GET", Path = "/x?token=" + text, Status = 200, User = text });
        run.Publish(new CallSent { Test = test, Host = text, Method = "GET", Path = text, Error = text });
        run.Publish(new MockServed { Test = test, Point = SampleRun.Payments, Method = "GET", Path = text, NearMiss = text, StubName = text, Operation = text });
        run.Publish(new SqlExecuted { Test = test, Point = SampleRun.Db, Text = text, Constraint = text });
        run.Publish(new MessageObserved { Test = test, Point = "messaging:q", Destination = text, Direction = "sent", Error = text });
        run.Publish(new FileObserved { Test = test, Point = "storage:s", Path = text });
        run.Publish(new LogWritten { Test = test, Point = SampleRun.App, Category = text, Level = "Warning", Message = text, Exception = text });
        run.Publish(new IssueObserved { Test = test, Rule = "IK5001", Level = "warning", Category = "test", Title = text, Message = text, Evidence = [text] });
        run.Publish(new ResourceReported { Resource = "r" + i, Kind = "x", Name = text, State = "failed", Endpoint = text, Error = text, Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = text } });
        run.Publish(new TestFinished
        {
            Execution = test,
            Status = TestStatus.Failed,
            Output = text,
            Reason = text,
            Warnings = [text],
            Attachments = [Attach(run, text, attached)],
            Error = new TestError { Type = "E", Message = text, Stack = text, Inner = [new TestError { Type = "I", Message = text }] },
        });
    }

    private static TestAttachment Attach(SampleRun run, string name, string content)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        var path = $"attachments/{hash[..16]}.txt";
        Directory.CreateDirectory(Path.Combine(run.Folder, "attachments"));
        File.WriteAllText(Path.Combine(run.Folder, path), content);
        return new TestAttachment(name, "text/plain", path, Encoding.UTF8.GetByteCount(content), hash);
    }

    private static string Secret(Random random) => string.Concat(Enumerable.Range(0, random.Next(10, 40)).Select(_ => Characters[random.Next(Characters.Length)]));

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return JavaScriptEncoder.Default.Encode(secret);
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        yield return WebUtility.HtmlEncode(secret);
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
    }

    private static string Inflate(string page)
    {
        var result = new StringBuilder();
        foreach (System.Text.RegularExpressions.Match block in System.Text.RegularExpressions.Regex.Matches(page, "octet-stream\" id=\"[a-z0-9]+\">([^<]*)<"))
        {
            using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(Convert.FromBase64String(block.Groups[1].Value)), System.IO.Compression.CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            result.Append(reader.ReadToEnd());
        }

        return result.ToString();
    }
}
