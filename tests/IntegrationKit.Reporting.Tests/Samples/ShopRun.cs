using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Samples;

/// <summary>A run of a small shop with a little of everything.</summary>
internal static class ShopRun
{
    public static SampleRun Record(string runId = "run-1", IReadOnlyList<FindingSuppressed>? accepts = null, Action<SampleRun>? more = null)
    {
        var run = new SampleRun(runId: runId).Points();
        foreach (var suppression in accepts ?? [])
        {
            run.Publish(suppression);
        }

        Declare(run);
        run.Publish(new RunPlanned { TestCases = 8 });
        run.Pass("Placing_an_order_charges_the_card", test =>
        {
            run.Sql(test, "insert into products values ($1)", "public.products", "write", Origin.Test);
            run.Sql(test, "select * from products where sku = $1", "products");
            run.Call(test, 201);
            run.Sql(test, "insert into orders values ($1)", "orders", "write");
            run.Publish(new TransactionEnded { Test = test, Point = SampleRun.Db, Outcome = "committed" });
            run.Request(test, "POST", "/orders", 201);
            run.Publish(new StepFinished { Test = test, Name = "pay", Status = TestStatus.Passed, DurationUs = 500 });
        }, "checkout");
        run.Pass("Orders_are_listed", test =>
        {
            run.Sql(test, "select * from orders", "orders");
            run.Request(test, "GET", "/orders", 200);
        });
        run.Pass("A_broken_report_is_a_server_error", test =>
        {
            run.Request(test, "GET", "/reports/sales", 500, exception: "System.InvalidOperationException: no rows\n   at Shop.Reports.Sales()");
            run.Publish(new LogWritten { Test = test, Point = SampleRun.App, Category = "Shop.Reports", Level = "Error", Message = "Report 17 failed" });
        });
        run.Fail("A_declined_card_leaves_no_order", "Assert.Equal() Failure: Values differ\nExpected: 402\nActual:   500");
        var skipped = run.Start("Refunds");
        run.Finish(skipped, TestStatus.Skipped);
        run.Sql(null, "delete from baskets", "baskets", "write");
        run.Publish(new DatabaseReset { Test = null, Origin = Origin.Kit, Point = SampleRun.Db, Strategy = "delete", DurationUs = 2_000 });
        more?.Invoke(run);
        return run.Done();
    }

    private static void Declare(SampleRun run)
    {
        run.Endpoint("GET", "/orders", auth: true, statuses: [200, 401]);
        run.Endpoint("POST", "/orders", auth: true, body: true, statuses: [201, 400, 401, 402]);
        run.Endpoint("GET", "/reports/sales", auth: true, roles: ["admin"], statuses: [200]);
        run.Endpoint("DELETE", "/orders/{id:int}", auth: true);
        foreach (var table in new[] { "orders", "products", "baskets", "audit" })
        {
            run.Publish(new TableDeclared { Point = SampleRun.Db, Schema = "public", Name = table });
        }

        run.Publish(new ConstraintDeclared { Point = SampleRun.Db, Table = "public.orders", Name = "orders_number_key", Kind = "unique" });
        run.Publish(new ResourceReported
        {
            Resource = "postgres",
            Kind = "database",
            Name = "PostgreSQL",
            Version = "15.18",
            Provider = "local_process",
            State = "ready",
            StartUs = 900_000,
            Reason = "binaries found on PATH",
            Rejected = [new RejectedProvider("docker", "no daemon answers")],
        });
        run.Publish(new DatabaseReported { Point = SampleRun.Db, Resource = "postgres", Isolation = "template", Migrations = ["0001_Initial"], Seeds = ["seed/products.sql"] });
    }
}
