using System.Reflection;
using Xunit.Sdk;

namespace IntegrationKit.FrameworkTests.Framework;

public sealed class FaultMatrixTests
{
    [Fact]
    public async Task The_cases_are_those_of_the_parameters_type() =>
        (await CasesAsync(new FaultMatrixAttribute("shop"), nameof(OnWeekday))).Should().Equal(Enum.GetValues<DayOfWeek>().Cast<object>());

    [Fact]
    public async Task Named_faults_limit_the_cases() =>
        (await CasesAsync(new FaultMatrixAttribute("shop", DayOfWeek.Sunday, "friday"), nameof(OnWeekday)))
            .Should().Equal(DayOfWeek.Sunday, DayOfWeek.Friday);

    [Fact]
    public async Task An_unknown_fault_is_refused_with_the_known_ones()
    {
        var act = () => CasesAsync(new FaultMatrixAttribute("shop", "noday"), nameof(OnWeekday));

        (await act.Should().ThrowAsync<InvalidOperationException>()).Which.Message
            .Should().Contain("'noday'").And.Contain("Sunday, Monday");
    }

    [Fact]
    public async Task A_parameter_that_is_no_fault_is_refused()
    {
        var act = () => CasesAsync(new FaultMatrixAttribute("shop"), nameof(OnText));

        (await act.Should().ThrowAsync<InvalidOperationException>()).Which.Message
            .Should().Contain("FaultMatrixTests.OnText").And.Contain("FaultCase").And.Contain("DatabaseFault");
    }

    private static async Task<object?[]> CasesAsync(FaultMatrixAttribute matrix, string method)
    {
        await using var tracker = new DisposalTracker();
        var target = typeof(FaultMatrixTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!;
        return [.. (await matrix.GetData(target, tracker)).Select(row => row.GetData().Single())];
    }

    private static void OnWeekday(DayOfWeek day) => _ = day;

    private static void OnText(string text) => _ = text;
}
