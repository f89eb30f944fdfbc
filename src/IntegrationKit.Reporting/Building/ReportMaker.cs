using System.Runtime.CompilerServices;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

/// <summary>A report, and the digests of the journals it is made of.</summary>
internal sealed record MadeReport(IntegrationReport Report, HashSet<string> Digests);

/// <summary>Journals to document, in bounded memory: what was read is gone before anything is written.</summary>
internal static class ReportMaker
{
    /// <summary>Above this, memory is worth the time that giving it back takes.</summary>
    private const int Large = 20_000;

    /// <summary>Null when no journal could be read.</summary>
    public static MadeReport? Make(IEnumerable<string> journals, ReportOptions options, ICollection<string> problems, Action<int, int>? progress = null)
    {
        var made = FromFacts(journals, options, problems, progress);
        GiveBack(made?.Report.TestResults.Tests.Count ?? 0);
        return made;
    }

    /// <summary>A method of its own: code that is not optimised yet keeps what its variables hold until it returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MadeReport? FromFacts(IEnumerable<string> journals, ReportOptions options, ICollection<string> problems, Action<int, int>? progress)
    {
        var facts = JournalSet.Read(journals, problems, progress);
        if (facts.Runs.Count == 0)
        {
            return null;
        }

        GiveBack(facts.Tests.Count);
        return new MadeReport(options.Finish(ReportBuilder.Build(facts, options), facts), facts.Runs.Select(run => run.Digest).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What one step leaves behind would be added to what the next needs: too much for a small build machine.</summary>
    private static void GiveBack(int tests)
    {
        if (tests > Large)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
