using System.Diagnostics;

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>A long suite, of which some tests start processes, and which never ends by itself.</summary>
[Specimen]
public abstract class BusySpecimen
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, 150)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Numbers))]
    public async Task Short(int number)
    {
        var name = TestContext.Current.Test!.TestDisplayName;
        SpecimenRun.MarkProcess();
        SpecimenRun.Mark("begin " + name);
        using var child = number % 40 == 0 ? Process.Start("sleep", "0.05") : null;
        await Task.Delay(number % 7, CancellationToken.None);
        if (child is not null)
        {
            await child.WaitForExitAsync(CancellationToken.None);
        }

        SpecimenRun.Mark("end " + name);
    }

    [Fact(Explicit = true)]
    public async Task Z_waits_for_the_signal()
    {
        SpecimenRun.MarkProcess();
        SpecimenRun.Mark("begin " + TestContext.Current.Test!.TestDisplayName);
        await Task.Delay(TimeSpan.FromMinutes(5), CancellationToken.None);
    }
}

public sealed class BusySpecimenA : BusySpecimen;

public sealed class BusySpecimenB : BusySpecimen;

public sealed class BusySpecimenC : BusySpecimen;
