using IntegrationKit.Samples;

namespace IntegrationKit;

public sealed class CoverageTests
{
    [Fact]
    public void An_endpoint_lists_its_statuses_with_the_tests()
    {
        using var run = ShopRun.Record();

        var report = run.Report();

        var orders = report.Coverage.Endpoints.Single(e => e.Method == "POST");
        orders.Route.Should().Be("/orders");
        orders.Statuses.Should().ContainSingle().Which.Status.Should().Be(201);
        orders.Exercise.TestIds.Should().Equal(report.TestResults.Tests.Single(t => t.MethodName == "Placing_an_order_charges_the_card").TestId);
    }

    [Fact]
    public void Every_declared_endpoint_is_listed_called_or_not()
    {
        using var run = ShopRun.Record();

        var endpoints = run.Report().Coverage.Endpoints;

        endpoints.Should().HaveCount(4);
        endpoints.Single(e => e.Method == "DELETE").Exercise.Calls.Should().Be(0);
    }

    [Fact]
    public void Only_the_applications_own_statements_count()
    {
        using var run = ShopRun.Record();

        var products = run.Report().Coverage.Tables.Single(t => t.Name == "public.products");

        products.Written.Calls.Should().Be(0);
        products.WrittenByTests.Calls.Should().Be(1);
        products.Read.Calls.Should().Be(1, "an unqualified name is the declared table of that name");
    }

    [Fact]
    public void Background_work_is_counted_and_given_to_no_test()
    {
        using var run = ShopRun.Record();

        var coverage = run.Report().Coverage;

        coverage.Unattributed.Statements.Should().Be(1);
        coverage.Tables.Single(t => t.Name == "public.baskets").Written.Should().BeEquivalentTo(new { Calls = 1, Tests = 0 });
    }

    [Theory]
    [InlineData(402, null, "4xx")]
    [InlineData(503, null, "5xx")]
    [InlineData(null, "timeout", "timeout")]
    [InlineData(null, "connection_error", "connection_error")]
    public void A_service_has_its_outcomes(int? status, string? error, string outcome)
    {
        using var run = new SampleRun().Points();
        run.Pass("A", test => run.Call(test, status, error));
        run.Done();

        var service = run.Report().Coverage.Services.Single();

        service.Outcomes.Should().ContainSingle().Which.Name.Should().Be(outcome);
    }

    [Fact]
    public void A_call_to_a_declared_service_is_named_without_its_address()
    {
        using var run = new SampleRun().Points();
        run.Pass("A", test => run.Call(test, 201, null));
        run.Done();

        run.Report().TestResults.Tests.Single().Interactions!.Items.Single().Name.Should().Be("POST /v1/charges");
    }

    [Fact]
    public void A_fault_of_the_mock_is_an_outcome_beside_what_the_client_saw()
    {
        using var run = new SampleRun().Points();
        run.Pass("A", test =>
        {
            run.Publish(new Observations.MockServed { Test = test, Point = SampleRun.Payments, Method = "POST", Path = "/v1/charges", Matched = true, Fault = "CONNECTION_RESET_BY_PEER" });
            run.Call(test, null, "connection_error");
        });
        run.Done();

        var service = run.Report().Coverage.Services.Single();

        service.Outcomes.Select(o => o.Name).Should().Equal("connection_error", "fault");
        service.Exercise.Calls.Should().Be(1);
    }

    [Fact]
    public void A_workflow_lists_tests_steps_and_points()
    {
        using var run = ShopRun.Record();

        var report = run.Report();

        report.Coverage.Workflows.Should().ContainSingle().Which.Steps.Should().ContainSingle(s => s.Name == "pay" && s.Passed == 1);
        report.TestScope.Workflows.Single().IntegrationPointIds.Should().Equal(SampleRun.App, SampleRun.Db, SampleRun.Payments);
    }
}
