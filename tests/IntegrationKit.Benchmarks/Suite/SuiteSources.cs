using System.Text.RegularExpressions;

namespace IntegrationKit.Suite;

/// <summary>
/// The Shop's test classes, repeated under other namespaces until there are as many tests as wanted. The background tests
/// stay out: they move a clock, which the hand-wired suites have none of.
/// </summary>
internal static partial class SuiteSources
{
    private static readonly string Tests = Path.Combine("examples", "Shop.IntegrationTests");

    /// <summary>Writes the files and returns their folder, with a separator at its end.</summary>
    public static string Write(string root, int size, bool serverPerClass)
    {
        var folder = Path.Combine(root, "src", serverPerClass ? "per-class" : "shared", $"{size}");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var files = Directory.EnumerateFiles(Tests, "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Background", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        for (int count = 0, index = 0; count < size; index++)
        {
            var file = files[index % files.Count];
            var text = File.ReadAllText(file);
            count += Test().Count(text);
            var target = Path.Combine(folder, $"Copy{index / files.Count}", Path.GetRelativePath(Tests, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, Rewrite(text, index / files.Count, serverPerClass));
        }

        return Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
    }

    private static string Rewrite(string text, int copy, bool serverPerClass)
    {
        var moved = Namespace().Replace(text, $"namespace Shop.IntegrationTests.Copy{copy}.${{folder}};");
        return serverPerClass ? Taking().Replace(moved, "$0 : IClassFixture<ShopFixture>") : moved;
    }

    [GeneratedRegex(@"\[(Fact|InlineData)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();

    [GeneratedRegex(@"^namespace Shop\.IntegrationTests\.(?<folder>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public sealed class \w+\(ShopFixture shop\)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Taking();
}
