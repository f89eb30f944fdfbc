using System.CommandLine;
using System.Globalization;
using IntegrationKit.Comparing;

namespace IntegrationKit.Commands;

/// <summary>What closes the gate, as options.</summary>
internal sealed class GateInputs
{
    private readonly Option<string?> failOn = new("--fail-on") { Description = "close the gate on findings of this level or above: error, warning, note" };
    private readonly Option<int?> maxNewFailures = new("--max-new-failures") { Description = "failing tests allowed that did not fail in the baseline; those that did close no gate" };
    private readonly Option<int?> minTests = new("--min-tests") { Description = "tests expected at least" };
    private readonly Option<int?> maxFlaky = new("--max-flaky") { Description = "tests allowed that passed only in a retry" };
    private readonly Option<double?> minEndpoints = new("--min-endpoint-coverage") { Description = "percent of declared endpoints that some test calls" };

    public void AddTo(Command command)
    {
        failOn.AcceptOnlyFromAmong("error", "warning", "note");
        foreach (var count in new[] { maxNewFailures, minTests, maxFlaky })
        {
            Check(count, static number => number >= 0, "0 or more");
        }

        Check(minEndpoints, static percent => percent is >= 0 and <= 100, "between 0 and 100");
        foreach (var option in new Option[] { failOn, maxNewFailures, minTests, maxFlaky, minEndpoints })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="InputException">There is no baseline to tell what is new.</exception>
    public void Require(bool hasBaseline, ParseResult parsed)
    {
        if (parsed.GetValue(maxNewFailures) is not null && !hasBaseline)
        {
            throw new InputException("--max-new-failures counts failures that a baseline does not have: add --baseline FILE.");
        }
    }

    public GateOptions Options(ParseResult parsed) => new()
    {
        FailOn = parsed.GetValue(failOn),
        MaxNewFailures = parsed.GetValue(maxNewFailures),
        MinTests = parsed.GetValue(minTests),
        MaxFlaky = parsed.GetValue(maxFlaky),
        MinEndpointCoverage = parsed.GetValue(minEndpoints),
    };

    private static void Check<T>(Option<T?> option, Func<T, bool> isMeaningful, string range)
        where T : struct, IFormattable =>
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T?>() is { } number && !isMeaningful(number))
            {
                result.AddError($"{option.Name} has to be {range}, not {number.ToString(null, CultureInfo.InvariantCulture)}.");
            }
        });
}
