using System.Text.RegularExpressions;

namespace IntegrationKit.Acceptance.Tests.Readme;

/// <summary>Every C# block of the README is a piece of code that is compiled, and run by a test, elsewhere.</summary>
public sealed partial class ReadmeTests
{
    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["NoteTests"] = "tests/IntegrationKit.Package.Tests/Projects/Newcomer/App.Tests/NoteTests.cs",
        ["ShopFixture"] = "examples/Shop.IntegrationTests/ShopFixture.cs",
        ["RedisFixture"] = "tests/IntegrationKit.Testcontainers.Tests/Readme/ReadmeFixtures.cs",
        ["Cache"] = "tests/IntegrationKit.Testcontainers.Tests/Readme/ReadmeFixtures.cs",
    };

    public static TheoryData<string> Snippets => [.. Sources.Keys];

    [Fact]
    public void Every_block_is_a_known_snippet()
    {
        var readme = Read("README.md");

        Blocks().Matches(readme).Select(block => block.Groups["name"].Value).Should().Equal(Sources.Keys);
        CodeFences().Count(readme).Should().Be(Sources.Count, "a block without a snippet comment is compiled by nobody");
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_block_equals_the_code_that_is_compiled(string name)
    {
        var block = Blocks().Matches(Read("README.md")).Single(match => match.Groups["name"].Value == name).Groups["code"].Value;

        Unindented(Read(Sources[name])).Should().Contain(Unindented(block).Trim());
    }

    [Fact]
    public void The_readme_is_short_and_its_links_lead_somewhere()
    {
        var readme = Read("README.md");

        readme.Split('\n').Length.Should().BeLessThanOrEqualTo(200);
        Links().Matches(readme).Select(link => link.Groups["path"].Value).Should()
            .NotBeEmpty().And.OnlyContain(path => Path.Exists(Path.Combine(Repository.Root, path)));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    [GeneratedRegex("<!-- snippet: (?<name>\\w+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("^```csharp", RegexOptions.Multiline)]
    private static partial Regex CodeFences();

    [GeneratedRegex("\\]\\((?<path>[^)#:]+)\\)")]
    private static partial Regex Links();
}
