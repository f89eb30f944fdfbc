using System.Text.RegularExpressions;

namespace IntegrationKit.Acceptance.Tests.Readme;

/// <summary>A reader of a report looks an id up on the page of the rules.</summary>
public sealed partial class RuleIdTests
{
    [Fact]
    public void Every_rule_named_in_the_source_is_on_the_page_of_the_rules()
    {
        var sources = Path.Combine(Repository.Root, "src");
        var described = Heading().Matches(File.ReadAllText(Path.Combine(sources, "IntegrationKit.Reporting", "docs", "rules.md"))).Select(match => match.Groups["id"].Value);

        var named = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["id"].Value))
            .Distinct().Order(StringComparer.Ordinal).ToList();

        // IK0 stands for the findings of fixtures and never comes out by this name.
        named.Should().HaveCountGreaterThan(40);
        named.Except([.. described, "IK0"]).Should().BeEmpty();
    }

    [GeneratedRegex("^## (?<id>IK[0-9]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex("\"(?<id>IK[0-9]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Literal();
}
