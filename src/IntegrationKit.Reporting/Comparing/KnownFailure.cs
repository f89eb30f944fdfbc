using System.IO.Enumeration;
using System.Text.Json;
using IntegrationKit.Model;

namespace IntegrationKit.Comparing;

/// <summary>
/// An entry of <c>known-failures.json</c>: what is suppressed, by whom, why and until when. Matches findings by rule and by
/// test (id or name), target, title or id, with <c>*</c>. An expired entry suppresses nothing and is itself an issue.
/// </summary>
internal sealed record KnownFailure
{
    public required string Rule { get; init; }
    public string? Match { get; init; }
    public required string Owner { get; init; }
    public required string Reason { get; init; }
    public DateOnly? Until { get; init; }

    public Suppression ToSuppression() => new(Owner, Reason, Until);

    /// <summary>Also as it is written: a name with a backslash would be a pattern for another one.</summary>
    public bool Fits(string subject) => Match is null || subject == Match || FileSystemName.MatchesSimpleExpression(Match, subject, ignoreCase: false);

    public bool Fits(TestResult test) => Fits(test.TestId) || Fits(test.Name);

    public bool FitsWhole(Issue issue) => Fits(issue.Title) || Fits(issue.IssueId);

    public static IReadOnlyList<KnownFailure> Load(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize(file, KnownFailureJson.Default.ListKnownFailure) ?? [];
    }
}

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
[System.Text.Json.Serialization.JsonSerializable(typeof(List<KnownFailure>))]
internal sealed partial class KnownFailureJson : System.Text.Json.Serialization.JsonSerializerContext;
