using System.Globalization;
using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>Numbers with their nouns, as people write them.</summary>
internal static class Counted
{
    /// <summary>"1 service", "3 services", "0 classes".</summary>
    public static string Of(long count, string noun) => string.Create(
        CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : noun.EndsWith('s') ? "es" : "s")}");

    /// <summary>What the run was about, and what of the suite it was not.</summary>
    public static string Selected(Selection selection) => selection.Of is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"{selection.TestCases} of {Of(all, "test case")} selected, {all - selection.TestCases} not selected")
        : Of(selection.TestCases, "test case") + " selected";

    /// <summary>What changed since the baseline; empty without one.</summary>
    public static string Changes(WrittenSection written) => written.New is null ? ""
        : written.NotSelected is { } left ? string.Create(CultureInfo.InvariantCulture, $"; {written.New.Count} new since the baseline, {left} of the baseline not selected")
        : string.Create(CultureInfo.InvariantCulture, $"; {written.New.Count} new and {written.Removed?.Count ?? 0} removed since the baseline");

    /// <summary>Empty when there are none.</summary>
    public static string KnownFailures(Verdict verdict) =>
        verdict.KnownFailures is not { } count ? "" : $"{Of(count, "known failure")} {(count == 1 ? "does" : "do")} not count.";

    /// <summary>What a service answered. A fault is how the mock provoked what the client then saw: it is no outcome more.</summary>
    public static string Outcomes(ServiceCoverage service)
    {
        var seen = service.Outcomes.Where(o => o.Name != "fault").ToList();
        var faults = service.Outcomes.Where(o => o.Name == "fault").Sum(o => o.Exercise.Calls);
        if (seen.Count == 0)
        {
            return string.Join(", ", service.Outcomes.Select(Text));
        }

        return string.Join(", ", seen.Select(Text)) + (faults == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {faults} of them by a fault"));
    }

    private static string Text(OutcomeCoverage outcome) => string.Create(CultureInfo.InvariantCulture, $"{outcome.Name} × {outcome.Exercise.Calls}");
}
