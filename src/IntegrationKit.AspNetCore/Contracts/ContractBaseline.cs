using System.Text.Json;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Resources;

namespace IntegrationKit.Contracts;

/// <summary>Compares the application's own document with the one its team has committed.</summary>
internal sealed class ContractBaseline(string point, string file, FixtureContext context)
{
    public async Task CompareAsync(IReadOnlyList<ContractDocument> documents, CancellationToken cancellationToken)
    {
        if (context.FindPath(file) is not { } path)
        {
            Say("The committed OpenAPI document is missing", $"'{file}' is neither in the output nor in the project folder.", []);
            return;
        }

        var baseline = new ContractDocument(JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)));
        foreach (var document in documents)
        {
            if (ContractDiff.Breaking(baseline, document) is { Count: > 0 } breaking)
            {
                Say($"The API breaks {(breaking.Count == 1 ? "a promise" : $"{breaking.Count} promises")} of {Path.GetFileName(file)}", string.Join("; ", breaking), breaking);
            }
        }
    }

    private void Say(string title, string message, IReadOnlyList<string> evidence) => Recorder.Observe(new IssueObserved
    {
        Rule = "IK5008",
        Level = "warning",
        Category = "product",
        Origin = Origin.Kit,
        Point = point,
        Title = title,
        Message = message,
        Evidence = evidence,
    });
}
