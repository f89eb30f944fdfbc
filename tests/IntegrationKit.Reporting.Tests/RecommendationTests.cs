using System.Text.RegularExpressions;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class RecommendationTests
{
    [Fact]
    public void The_shops_gaps_are_recommended_and_nothing_else()
    {
        using var run = ShopRun.Record();

        var found = run.Report().Recommendations.Select(r => $"{r.RuleId} {r.Target}");

        found.Should().BeEquivalentTo(
            "IK1 DELETE /orders/{id:int}",
            "IK2 GET /orders", "IK2 POST /orders", "IK2 GET /reports/sales",
            "IK3 GET /reports/sales",
            "IK4 POST /orders",
            "IK5 POST /orders", // 402
            "IK5 GET /reports/sales", // 200: it only ever failed
            "IK8 http:payments", "IK8 http:payments", // never fails, never times out
            "IK10 public.audit", "IK10 public.products",
            "IK11 public.orders.orders_number_key",
            "IK12 database:shop");
    }

    [Fact]
    public void A_test_of_what_must_fail_does_not_expect_success()
    {
        using var run = ShopRun.Record();

        var found = run.Report().Recommendations.Where(r => r.RuleId is "IK11" or "IK12").ToList();

        found.Should().HaveCount(2).And.OnlyContain(r => r.Skeleton!.Contains("Assert.False(response.IsSuccessStatusCode);") && !r.Skeleton.Contains("HttpStatusCode.OK"));
        found.Single(r => r.RuleId == "IK12").Because.Should().StartWith("1 transaction was committed in 1 test");
    }

    [Fact]
    public void One_of_a_thing_is_not_many()
    {
        using var run = ShopRun.Record();

        var sentences = run.Report().Recommendations.SelectMany(r => new[] { r.Action, r.Because }).ToList();

        sentences.Should().ContainMatch("*1 request in 1 test *").And.ContainMatch("*its only request was not refused with 403.");
        sentences.Should().NotContain(sentence => Regex.IsMatch(sentence, @"\b(1 (requests|tests)|of 1 request)\b"));
    }

    [Fact]
    public void A_refused_anonymous_caller_and_a_wrong_role_are_enough()
    {
        using var run = new SampleRun().Points();
        run.Endpoint("GET", "/admin", auth: true, roles: ["admin"], statuses: [200, 401, 403]);
        run.Pass("A", test =>
        {
            run.Request(test, "GET", "/admin", 200);
            run.Request(test, "GET", "/admin", 401, authenticated: false);
            run.Request(test, "GET", "/admin", 403);
        });
        run.Done();

        run.Report().Recommendations.Where(r => r.Target == "GET /admin").Should().BeEmpty();
    }

    [Fact]
    public void An_endpoint_that_is_never_called_is_reported_by_one_rule_only()
    {
        using var run = new SampleRun().Points();
        run.Endpoint("POST", "/x", auth: true, body: true, statuses: [201, 400, 401, 403], roles: ["admin"]);
        run.Pass("A", test => run.Request(test, "GET", "/other", 200));
        run.Done();

        run.Report().Recommendations.Where(r => r.Target == "POST /x").Should().ContainSingle().Which.RuleId.Should().Be("IK1");
    }

    [Fact]
    public void The_same_query_five_times_in_one_request_is_a_loop()
    {
        using var run = new SampleRun().Points();
        run.Endpoint("GET", "/orders");
        run.Pass("A", test =>
        {
            for (var i = 0; i < 6; i++)
            {
                run.Sql(test, "select * from lines where order_id = $1", "lines");
            }

            run.Request(test, "GET", "/orders", 200, durationUs: run.Recorder.ElapsedUs);
        });
        run.Done();

        var advice = run.Report().Recommendations.Should().ContainSingle(r => r.RuleId == "IK13").Subject;

        advice.Because.Should().Contain("6 times");
    }

    [Fact]
    public void The_same_query_in_five_requests_is_no_loop()
    {
        using var run = new SampleRun().Points();
        run.Endpoint("GET", "/orders/{id}");
        run.Pass("A", test =>
        {
            for (var i = 0; i < 6; i++)
            {
                var begun = run.Recorder.ElapsedUs;
                run.Sql(test, "select * from orders where id = $1", "orders");
                run.Request(test, "GET", "/orders/{id}", 200, durationUs: run.Recorder.ElapsedUs - begun);
            }
        });
        run.Done();

        run.Report().Recommendations.Should().NotContain(r => r.RuleId == "IK13");
    }

    [Fact]
    public void A_table_that_only_a_trigger_writes_counts_as_written()
    {
        using var run = new SampleRun().Points();
        run.Publish(new TableDeclared { Point = SampleRun.Db, Schema = "public", Name = "audit" });
        var test = run.Pass("A", t => run.Sql(t, "insert into orders values (1)", "orders", "write"));
        run.Publish(new DatabaseReset { Test = test, Origin = Origin.Kit, Point = SampleRun.Db, Strategy = "delete", Tables = [new TableAccess("public.audit", "write")] });
        run.Done();

        run.Report().Recommendations.Should().NotContain(r => r.RuleId == "IK10");
    }

    [Fact]
    public void A_primary_key_that_nobody_violates_is_no_gap()
    {
        using var run = new SampleRun().Points();
        run.Publish(new ConstraintDeclared { Point = SampleRun.Db, Table = "public.orders", Name = "orders_pkey", Kind = "primary_key" });
        run.Pass("A", test => run.Sql(test, "insert into orders values (1)", "orders", "write"));
        run.Done();

        run.Report().Recommendations.Should().NotContain(r => r.RuleId == "IK11");
    }

    [Theory]
    [InlineData("infrastructure")]
    [InlineData("seeded")]
    public void Tables_that_nobody_should_write_are_no_gap(string role)
    {
        using var run = new SampleRun().Points();
        run.Publish(new TableDeclared { Point = SampleRun.Db, Schema = "public", Name = "countries", Role = role });
        run.Pass("A", test => run.Sql(test, "select * from countries", "countries"));
        run.Done();

        run.Report().Recommendations.Should().NotContain(r => r.RuleId == "IK10");
    }

    [Fact]
    public void A_documented_server_error_is_no_issue()
    {
        using var run = new SampleRun().Points();
        run.Endpoint("POST", "/orders", statuses: [201, 503]);
        run.Pass("A", test => run.Request(test, "POST", "/orders", 503));
        run.Done();

        run.Report().Issues.Should().BeEmpty();
    }

    [Fact]
    public void Every_skeleton_names_the_suites_own_fixture()
    {
        using var run = ShopRun.Record();

        var skeletons = run.Report().Recommendations.Select(r => r.Skeleton).OfType<string>().ToList();

        skeletons.Should().HaveCountGreaterThan(8).And.AllSatisfy(s => s.Should().Contain("(ShopFixture fixture)").And.Contain("using Shop.Tests;"));
    }

    [Fact]
    public void A_suite_without_observations_gets_no_advice()
    {
        using var run = new SampleRun();
        run.Pass("A");
        run.Pass("B");
        run.Done();

        run.Report().Recommendations.Should().BeEmpty();
    }

    [Fact]
    public void A_rule_that_throws_is_reported_and_the_others_speak()
    {
        var facts = new Facts.SuiteFacts();
        var sink = new Rules.FindingSink();

        Rules.RuleSet.Evaluate([new ThrowingRule(), new Rules.NoTestsRule()], facts, sink);

        sink.Issues.Select(i => i.RuleId).Should().Equal("IK1007", "IK1002");
    }

    private sealed class ThrowingRule() : Rules.Rule("IK999", "Throws", "")
    {
        public override void Evaluate(Facts.SuiteFacts facts, Rules.FindingSink sink) => throw new InvalidOperationException("boom");
    }
}
