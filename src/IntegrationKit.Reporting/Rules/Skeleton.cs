using System.Text;
using System.Text.RegularExpressions;
using IntegrationKit.Facts;
using IntegrationKit.Journal;

namespace IntegrationKit.Rules;

/// <summary>Writes a test to fill in, with the suite's own fixture. It compiles as it is.</summary>
internal static partial class Skeleton
{
    public static string? ForEndpoint(SuiteFacts facts, EndpointFacts endpoint, string sentence, string expectedStatus, string? hint = null)
    {
        if (Fixture(facts, endpoint.Point) is not { } fixture)
        {
            return null;
        }

        var body = endpoint.Declaration?.AcceptsBody == true
            ? "\n        request.Content = JsonContent.Create(new { });"
            : "";
        return Test(fixture, $"{Identifier(endpoint.Method)}_{Identifier(endpoint.Route)}_{sentence}", $$"""
                    {{(hint is null ? "" : $"// {hint}\n        ")}}using var request = new HttpRequestMessage(HttpMethod.{{MethodName(endpoint.Method)}}, "{{Path(endpoint.Route)}}");{{body}}

                    using var response = await fixture.Client.SendAsync(request, TestContext.Current.CancellationToken);

                    Assert.Equal(HttpStatusCode.{{expectedStatus}}, response.StatusCode);
            """);
    }

    /// <summary>For a gap that no single endpoint answers for: which request closes it is up to the author.</summary>
    public static string? ForSuite(SuiteFacts facts, string sentence, string hint) =>
        ForSuite(facts, sentence, hint, "Equal(HttpStatusCode.OK, response.StatusCode)");

    /// <summary>The same for what has to be refused.</summary>
    public static string? ForRefusal(SuiteFacts facts, string sentence, string hint) =>
        ForSuite(facts, sentence, hint, "False(response.IsSuccessStatusCode)");

    private static string? ForSuite(SuiteFacts facts, string sentence, string hint, string assertion)
    {
        var application = facts.Points.Values.FirstOrDefault(p => p.Kind == PointKind.Application && p.DeclaredBy.Count > 0);
        return application is null || Fixture(facts, application.Id) is not { } fixture ? null : Test(fixture, sentence, $$"""
                    // {{hint}}
                    using var response = await fixture.Client.GetAsync("/", TestContext.Current.CancellationToken);

                    Assert.{{assertion}};
            """);
    }

    /// <summary>A path that fits the route: constraints get a value of their type.</summary>
    public static string Path(string route) => Segment().Replace(route, match =>
    {
        var inner = match.Groups["inner"].Value.Trim('*').TrimEnd('?');
        return inner.Contains(":guid", StringComparison.Ordinal) ? "00000000-0000-0000-0000-000000000001"
            : inner.Contains(":int", StringComparison.Ordinal) || inner.Contains(":long", StringComparison.Ordinal)
                || inner.EndsWith("id", StringComparison.OrdinalIgnoreCase) ? "1"
            : "x";
    });

    public static string Identifier(string text)
    {
        var words = NotWord().Replace(text, "_").Trim('_').ToLowerInvariant();
        return words.Length == 0 ? "root" : words;
    }

    private static string Test(string fixture, string sentence, string body)
    {
        var separator = fixture.LastIndexOf('.');
        var name = fixture[(separator + 1)..].Replace('+', '.');
        var usings = new StringBuilder("using System.Net;\nusing System.Net.Http;\nusing System.Net.Http.Json;\nusing System.Threading.Tasks;\n");
        usings.Append(separator > 0 ? $"using {fixture[..separator]};\n" : "").Append("using Xunit;\n");
        var method = char.ToUpperInvariant(sentence[0]) + sentence[1..];
        return $$"""
            {{usings}}
            public sealed class {{method}}_test({{name}} fixture)
            {
                [Fact]
                public async Task {{method}}()
                {
            {{body}}
                }
            }
            """.ReplaceLineEndings("\n");
    }

    private static string? Fixture(SuiteFacts facts, string point) =>
        // Fixtures made for some tests have the longer names; the suite's own is the one to write against.
        facts.Points.GetValueOrDefault(point)?.DeclaredBy.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();

    private static string MethodName(string method) => method == "ANY" ? "Get" : char.ToUpperInvariant(method[0]) + method[1..].ToLowerInvariant();

    [GeneratedRegex(@"\{(?<inner>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Segment();

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotWord();
}
