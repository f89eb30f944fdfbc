using System.Text;

namespace IntegrationKit.Rules;

/// <summary>All rules as a page of documentation, an anchor per rule; <c>docs/rules.md</c> is kept equal to it by a test.</summary>
internal static class RuleCatalogue
{
    private const string Beginning = """
        # Rules

        What the sections *Issues Found* and *Recommendations* of a report can say. A rule says nothing it cannot prove from what
        was observed; an empty list is a valid answer. A finding names its rule, its evidence and the tests it comes from.

        - Issues are wrong now, recommendations are tests worth writing or changes worth making.
        - `integrationkit report DIR --fail-on warning` makes them a gate; `--known-failures FILE` accepts findings with owner,
          reason and expiry.


        """;

    public static string Markdown()
    {
        var text = new StringBuilder(Beginning.ReplaceLineEndings("\n"));
        foreach (var rule in RuleSet.DescribeAll())
        {
            text.Append($"<a id=\"{rule.Id.ToLowerInvariant()}\"></a>\n\n## {rule.Id} {rule.Name}\n\n{rule.Help}\n\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
