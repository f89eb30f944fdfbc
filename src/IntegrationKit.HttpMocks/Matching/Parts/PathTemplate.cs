using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationKit.Matching.Parts;

/// <summary>A path with variables: <c>/orders/{id}/lines/{line}</c>; <c>/**</c> at the end stands for any rest.</summary>
internal sealed partial class PathTemplate
{
    private readonly Regex regex;

    public PathTemplate(string template)
    {
        var pattern = new StringBuilder("\\A");
        var last = 0;
        List<string> names = [];
        foreach (Match variable in Variable().Matches(template))
        {
            pattern.Append(Regex.Escape(template[last..variable.Index]));
            last = variable.Index + variable.Length;
            if (variable.Value == "**")
            {
                names.Add(names.Count.ToString());
                pattern.Append("(.*)");
                continue;
            }

            names.Add(variable.Groups["name"].Value);
            pattern.Append("([^/]+)");
        }

        Names = names;
        regex = new Regex(
            pattern.Append(Regex.Escape(template[last..])).Append("\\z").ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    public IReadOnlyList<string> Names { get; }

    public static string PrefixOf(string template) => Variable().Match(template) is { Success: true } first ? template[..first.Index] : template;

    public static bool HasVariables(string path) => Variable().IsMatch(path);

    public bool Matches(string path) => RegexMatcher.FullMatch(regex, path);

    /// <summary>The variables' values as they stand in the path; empty when the path does not match.</summary>
    public IReadOnlyDictionary<string, string> Values(string path)
    {
        var match = regex.Match(path);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; match.Success && i < Names.Count; i++)
        {
            values[Names[i]] = match.Groups[i + 1].Value;
        }

        return values;
    }

    [GeneratedRegex(@"\{(?<name>[^{}/]+)\}|\*\*", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}
