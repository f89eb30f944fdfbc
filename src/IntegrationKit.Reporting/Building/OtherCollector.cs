using IntegrationKit.Facts;
using IntegrationKit.Observations;

namespace IntegrationKit.Building;

/// <summary>Logs, messages, files, and what fixtures themselves found wrong.</summary>
internal sealed class OtherCollector(SuiteFacts facts, InteractionNotes interactions)
{
    public void Add(Observation observation, ExecutionFacts? execution)
    {
        var test = execution?.Test.TestId;
        switch (observation)
        {
            case LogWritten e:
                interactions.Note(execution, e, "log", e.Message, e.Level, 0);
                Log(e, test);
                break;
            case MessageObserved e:
                Exercise(e, e.Point, $"{e.Direction} {e.Destination}", test);
                interactions.Note(execution, e, "message", $"{e.Direction} {e.Destination}", e.Error ?? "ok", 0);
                break;
            case FileObserved e:
                Exercise(e, e.Point, "write", test);
                interactions.Note(execution, e, "file", e.Path, $"{e.Bytes} bytes", 0);
                break;
            case IssueObserved e:
                Issue(e, test);
                break;
        }
    }

    private void Exercise(Observation observation, string pointId, string operation, string? test)
    {
        if (observation.Origin != Origin.Application)
        {
            return;
        }

        facts.UnattributedOther += test is null ? 1 : 0;
        var point = facts.Point(pointId);
        point.Exercised.Add(test);
        HttpCollector.Count(point.Operations, operation, test);
    }

    private void Log(LogWritten log, string? test)
    {
        var key = $"{log.Point}\n{log.Level}\n{log.Category}\n{Fingerprints.Normalise(log.Message)}";
        if (!facts.Logs.TryGetValue(key, out var known))
        {
            facts.Logs[key] = known = new LogFacts(log);
        }

        known.Tests.Add(test);
    }

    private void Issue(IssueObserved issue, string? test)
    {
        var key = $"{issue.Rule}\n{issue.Point}\n{issue.Resource}\n{Fingerprints.Normalise(issue.Title)}";
        if (!facts.ObservedIssues.TryGetValue(key, out var known))
        {
            facts.ObservedIssues[key] = known = new ObservedIssue(issue);
        }

        known.Tests.Add(test);
        if (known.Evidence.Count < 20)
        {
            known.Evidence.UnionWith(issue.Evidence ?? []);
        }
    }
}
