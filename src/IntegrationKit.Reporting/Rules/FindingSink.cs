using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

internal sealed record IssueDraft
{
    public required string Level { get; init; }
    public required string Category { get; init; }
    /// <summary>What the issue is about; with the rule it makes the issue's identity.</summary>
    public required string Subject { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public Tally? Tests { get; init; }
    /// <summary>How many of <see cref="Tests"/> are listed.</summary>
    public int TestLimit { get; init; } = FindingSink.EvidenceLimit;
    public string? Point { get; init; }
    public string? Resource { get; init; }
    public IReadOnlyList<Location>? Locations { get; init; }
    public IEnumerable<string>? Evidence { get; init; }
    public int? Occurrences { get; init; }
    /// <summary>For issues that fixtures reported under a rule of their own.</summary>
    public string? Rule { get; init; }
}

internal sealed record Advice
{
    public required int Priority { get; init; }
    public required string Target { get; init; }
    /// <summary>Tells two findings of one rule about one target apart.</summary>
    public string? Aspect { get; init; }
    public required string Action { get; init; }
    public required string Because { get; init; }
    public Tally? Tests { get; init; }
    public string? Point { get; init; }
    public string? Skeleton { get; init; }
}

/// <summary>Collects what rules find and gives it stable ids.</summary>
internal sealed class FindingSink
{
    /// <summary>Test ids listed per finding unless it says otherwise; the numbers in the text are not limited.</summary>
    public const int EvidenceLimit = 50;

    public List<Issue> Issues { get; } = [];
    public List<Recommendation> Recommendations { get; } = [];
    public string CurrentRule { get; set; } = "";

    /// <summary>From this priority on a recommendation is for information only.</summary>
    public const int NotePriority = 4;

    public void Issue(IssueDraft draft)
    {
        var rule = draft.Rule ?? CurrentRule;
        Issues.Add(new Issue
        {
            IssueId = Fingerprints.Of(rule, draft.Subject),
            RuleId = rule,
            Level = draft.Level,
            Category = draft.Category,
            Title = draft.Title,
            Message = draft.Message,
            TestIds = draft.Tests?.First(draft.TestLimit) ?? [],
            IntegrationPointIds = draft.Point is null ? [] : [draft.Point],
            ResourceIds = draft.Resource is null ? [] : [draft.Resource],
            Locations = draft.Locations ?? [],
            Evidence = [.. (draft.Evidence ?? []).Take(20)],
            OccurrenceCount = draft.Occurrences ?? (int)Math.Clamp(draft.Tests?.Calls ?? 1, 1, int.MaxValue),
        });
    }

    /// <summary>An issue that is about one test and nothing else.</summary>
    public void IssueOfTest(string testId, (string Level, string Category) kind, string title, string message)
    {
        var tests = new Tally();
        tests.Add(testId);
        Issue(new IssueDraft { Level = kind.Level, Category = kind.Category, Subject = testId, Title = title, Message = message, Tests = tests });
    }

    public void Recommend(Advice advice) => Recommendations.Add(new Recommendation
    {
        Id = Fingerprints.Of(CurrentRule, $"{advice.Target}|{advice.Aspect}"),
        RuleId = CurrentRule,
        Priority = advice.Priority,
        Level = advice.Priority >= NotePriority ? Level.Note : Level.Warning,
        Target = advice.Target,
        Action = advice.Action,
        Because = advice.Because,
        TestIds = advice.Tests?.First(EvidenceLimit) ?? [],
        IntegrationPointIds = advice.Point is null ? [] : [advice.Point],
        Skeleton = advice.Skeleton,
    });
}
