using IntegrationKit.Rules;

namespace IntegrationKit;

/// <summary>The documentation of the rules is the rules.</summary>
public sealed class RuleCatalogueTests
{
    /// <summary>Set to the page's path to write it anew after a deliberate change of a rule.</summary>
    private const string UpdateVariable = "INTEGRATIONKIT_UPDATE_RULES";

    [Fact]
    public void The_page_of_all_rules_equals_the_rules()
    {
        var page = RuleCatalogue.Markdown();
        if (Environment.GetEnvironmentVariable(UpdateVariable) is { Length: > 0 } path)
        {
            File.WriteAllText(path, page);
        }

        using var stream = typeof(RuleCatalogue).Assembly.GetManifestResourceStream("IntegrationKit.Report.rules.md")!;
        using var reader = new StreamReader(stream);
        reader.ReadToEnd().ReplaceLineEndings("\n").Should().Be(page, $"set {UpdateVariable} to the path of docs/rules.md and run this test to bring it up to date");
    }

    [Fact]
    public void Every_rule_has_a_name_and_says_what_to_do() =>
        RuleSet.DescribeAll().Should().OnlyContain(rule => rule.Name.Length > 3 && rule.Help.EndsWith('.')).And.OnlyHaveUniqueItems(rule => rule.Id);
}
