using IntegrationKit.Journal;

namespace IntegrationKit.Facts;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("at IntegrationKit.HttpMock.Verify(String request)\n   at IntegrationKit.Fixtures.MockLease.EndAsync()", null)]
    [InlineData("at IntegrationKit.Journal.JournalWriter.Append()\n   at Shop.Tests.OrderTests.Pays() in OrderTests.cs:line 12", "Shop.Tests.OrderTests.Pays")]
    [InlineData("at FluentAssertions.Execution.Fail()\n   at Shop.Tests.OrderTests.<Pays>d__3.MoveNext()", "Shop.Tests.OrderTests.Pays")]
    [InlineData("at IntegrationKit.MergeTests.Merges()", "IntegrationKit.MergeTests.Merges")]
    [InlineData("at IntegrationKitchen.Oven.Bake()", "IntegrationKitchen.Oven.Bake")]
    public void The_own_frame_is_the_first_one_of_the_suite_or_the_application(string stack, string? frame) =>
        Fingerprints.OwnFrame(stack).Should().Be(frame);

    [Theory]
    [InlineData("Expected 3 rows in orders_17 at 2026-11-23T10:00:00Z", "Expected 4 rows in orders_18 at 2026-11-24T11:30:00Z")]
    [InlineData("no file /tmp/a1/x.json", "no file /home/me/b2/x.json")]
    public void What_differs_from_run_to_run_makes_no_other_failure(string one, string other) =>
        Of(one).Should().Be(Of(other));

    [Fact]
    public void What_fails_inside_this_library_is_named_as_such() =>
        Fingerprints.OurFrame("at System.IO.File.Open()\n   at IntegrationKit.Writers.JsonReportWriter.Write()").Should().Be("IntegrationKit.Writers.JsonReportWriter.Write");

    [Fact]
    public void Another_message_is_another_failure() => Of("the card was declined").Should().NotBe(Of("the card has expired"));

    private static string Of(string message) => Fingerprints.Of(new TestError { Type = "Failure", Message = message });
}
