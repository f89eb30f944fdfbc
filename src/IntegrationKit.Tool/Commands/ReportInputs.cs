using System.CommandLine;
using IntegrationKit.Comparing;

namespace IntegrationKit.Commands;

/// <summary>Options that every command which writes a report shares.</summary>
internal sealed class ReportInputs
{
    private readonly Option<string?> baseline = new("--baseline") { Description = "report.json of an earlier run to compare with" };
    private readonly Option<string?> history = new("--history") { Description = "history.jsonl to read and to add this run to" };
    private readonly Option<string?> known = new("--known-failures") { Description = "JSON list of suppressed findings with rule, match, owner, reason and until" };
    private readonly Option<bool> normalize = new("--normalize") { Description = "replace times, ids and places by placeholders, so that equal outcomes give equal bytes" };
    private readonly Option<string[]> formats = new("--format") { Description = "json, md, html, ctrf, junit, sarif (default: all but sarif)", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> missingShards = new("--allow-missing-shards") { Description = "a missing shard is an issue and no reason to abort" };
    private readonly GateInputs gates = new();

    public void AddTo(Command command)
    {
        formats.AcceptOnlyFromAmong("json", "md", "html", "ctrf", "junit", "sarif");
        foreach (var option in new Option[] { baseline, history, known, normalize, formats, missingShards })
        {
            command.Options.Add(option);
        }

        gates.AddTo(command);
    }

    /// <exception cref="InputException">A named file cannot be read, or an option needs another one.</exception>
    public ReportOptions Options(ParseResult parsed)
    {
        gates.Require(parsed.GetValue(baseline) is not null, parsed);
        return Read(parsed);
    }

    private ReportOptions Read(ParseResult parsed) => new()
    {
        Normalize = parsed.GetValue(normalize),
        AllowMissingShards = parsed.GetValue(missingShards),
        Formats = parsed.GetValue(formats) is { Length: > 0 } chosen ? chosen.ToHashSet(StringComparer.Ordinal) : ReportOptions.DefaultFormats,
        Baseline = parsed.GetValue(baseline) is { } path ? ReportDocument.Load(path) : null,
        History = parsed.GetValue(history) is { } file ? RunHistory.Load(file) : null,
        KnownFailures = parsed.GetValue(known) is { } list ? ReportDocument.Guard(list, () => KnownFailure.Load(list)) : [],
    };

    /// <summary>Says what was written and how the gates are, adds to the history, and gives the exit code.</summary>
    public int Conclude(ParseResult parsed, ReportFilesResult result, ReportOptions options)
    {
        var output = parsed.InvocationConfiguration.Output;
        foreach (var problem in result.Problems)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"warning: {problem}");
        }

        if (result.Report is not { } report)
        {
            return Gates.Usage;
        }

        if (parsed.GetValue(history) is { } file && options.History is { } runs)
        {
            runs.Add(report);
            runs.Save(file);
        }

        PublishOnGitHub(report, output, result.Problems);
        var summary = report.TestResults.Summary;
        output.WriteLine($"{report.Verdict.Status}: {summary.Passed} passed, {summary.Failed} failed, {summary.Error} errors, {summary.Skipped} skipped, {summary.NotRun} not run; {report.Issues.Count} issues, {report.Recommendations.Count} recommendations");
        foreach (var test in report.TestResults.Tests.Where(t => t.Suppressed is not null))
        {
            output.WriteLine($"known: {test.Name} ({test.Suppressed!.By}: {test.Suppressed.Reason})");
        }

        foreach (var path in result.Paths)
        {
            output.WriteLine(path);
        }

        var reasons = Gates.Check(report, gates.Options(parsed));
        foreach (var reason in reasons)
        {
            output.WriteLine($"gate closed: {reason}");
        }

        return result.Paths.Count == 0 ? Gates.Usage : Gates.ExitCode(report, reasons);
    }

    private static void PublishOnGitHub(Model.IntegrationReport report, TextWriter output, IReadOnlyList<string> problems)
    {
        if (Environment.GetEnvironmentVariable(GitHub.StepSummary.PathVariable) is { Length: > 0 } summary
            && !GitHub.StepSummary.TryWrite(summary, report, out var problem))
        {
            output.WriteLine($"warning: {problem}");
        }

        foreach (var annotation in GitHub.Annotations.AreWanted && problems.Count == 0 ? GitHub.Annotations.Of(report) : [])
        {
            output.WriteLine(annotation);
        }
    }
}
