using System.Globalization;
using IntegrationKit.Local;

namespace IntegrationKit.Doctor;

/// <summary>What the doctor found, for people.</summary>
internal static class DoctorText
{
    public static void Providers(TextWriter output, IReadOnlyList<ProviderAnswer> answers)
    {
        var (chosen, container) = (Doctor.Providers.Chosen(answers), Doctor.Providers.WithPackage(answers));
        output.WriteLine("PostgreSQL, in the order in which it is tried");
        foreach (var answer in answers)
        {
            output.WriteLine($"  {(answer == chosen ? ">" : answer.Usable ? "+" : "-")} {answer.Provider,-14} {answer.Reason}");
        }

        output.WriteLine((chosen, container) switch
        {
            (null, null) => "  No server can be had: set INTEGRATIONKIT_POSTGRES, install PostgreSQL, or start Docker.",
            (null, _) => "  A run would use: container, when its project references IntegrationKit.Testcontainers; else none",
            (_, null) => $"  A run would use: {chosen.Provider}",
            _ => $"  A run would use: {chosen.Provider}; or container, when its project references IntegrationKit.Testcontainers",
        });
    }

    public static void Caches(TextWriter output, IReadOnlyList<CacheEntry> entries)
    {
        output.WriteLine($"\nCached data folders in {ClusterCache.BaseFolder}");
        foreach (var entry in entries)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {entry.Templates} template{(entry.Templates == 1 ? " " : "s")}  {entry.Bytes / 1048576.0,6:0.0} MB  used {entry.LastUse:yyyy-MM-dd HH:mm}  {Path.GetRelativePath(ClusterCache.BaseFolder, entry.Path)}"));
        }

        output.WriteLine(entries.Count == 0
            ? "  none"
            : string.Create(CultureInfo.InvariantCulture, $"  {entries.Count} in all, {entries.Sum(entry => entry.Bytes) / 1048576.0:0.0} MB"));
    }

    public static void Lines(TextWriter output, string title, IReadOnlyList<string> lines)
    {
        output.WriteLine($"\n{title}");
        foreach (var line in lines)
        {
            output.WriteLine($"  {line}");
        }

        if (lines.Count == 0)
        {
            output.WriteLine("  none");
        }
    }
}
