using IntegrationKit.Model;

namespace IntegrationKit.Writers;

/// <summary>
/// Divides a large suite over several files: GitLab refuses JUnit files over 30 MB, and readers that load a whole file
/// want it smaller than that. The order stays, so that the parts together are the suite.
/// </summary>
internal static class JUnitParts
{
    public const int Cases = 20_000;
    public const long Bytes = 25_000_000;

    public static IReadOnlyList<IReadOnlyList<TestResult>> Split(IReadOnlyList<TestResult> tests, int cases = Cases, long bytes = Bytes)
    {
        List<IReadOnlyList<TestResult>> parts = [];
        List<TestResult> part = [];
        long size = 0;
        foreach (var test in tests)
        {
            var length = Size(test);
            if (part.Count > 0 && (part.Count == cases || size + length > bytes))
            {
                parts.Add(part);
                (part, size) = ([], 0);
            }

            part.Add(test);
            size += length;
        }

        parts.Add(part);
        return parts;
    }

    /// <summary>Generous: a message stands in the file twice, and escaping makes text longer.</summary>
    private static long Size(TestResult test) => 400 + 2 * (test.Name.Length + test.ClassName.Length) + 2 * (test.Output?.Length ?? 0)
        + Size(test.Error) + (test.Attempts?.Sum(attempt => Size(attempt.Error)) ?? 0);

    private static long Size(Failure? error) => error is null ? 0 : 100 + 3 * error.Message.Length + 2 * (error.Stack?.Length ?? 0);
}
