using System.Diagnostics;

namespace IntegrationKit.Suite;

/// <summary>One way of writing the Shop's suite: a project, and the files of it that are set-up.</summary>
internal sealed record SuitePeer(string Name, string Title, bool ServerPerClass, IReadOnlyList<string> SetUp)
{
    public const string Folder = "tests/IntegrationKit.Benchmarks/Peers";

    private static readonly string[] Wired = ["ShopFixture", "ResetBeforeEachTestAttribute", "ExportFolder", "Tokens", "SqlDatabase", "ShopServer", "StubServer"];

    public static SuitePeer Kit { get; } = new("OnKit", "IntegrationKit", false,
        ["examples/Shop.IntegrationTests/ShopFixture.cs", "examples/Shop.IntegrationTests/Ordering/ImpatientShopFixture.cs"]);

    public static SuitePeer Usual { get; } = new("HandWired", "hand-wired, one server, one collection", false,
        [.. Wired.Select(file => $"{Folder}/HandWired/{file}.cs"), $"{Folder}/HandWired/OneCollection.cs"]);

    public static SuitePeer Parallel { get; } = new("HandWiredParallel", "hand-wired, a server per class, parallel", true,
        [.. Wired.Select(file => $"{Folder}/HandWired/{file}.cs"), $"{Folder}/HandWiredParallel/ServerPerClass.cs"]);

    public static IReadOnlyList<SuitePeer> All { get; } = [Kit, Usual, Parallel];

    public string Assembly(int size) => $"artifacts/bin/{Name}/release-{size}/{Name}.dll";

    /// <summary>Lines of set-up: neither blank, comment nor using, nor a lone brace, nor the verbs that every suite has.</summary>
    public int SetUpLines() => SetUp.Sum(file => CodeLines(File.ReadAllLines(file)));

    public async Task BuildAsync(string root, int size)
    {
        var sources = SuiteSources.Write(root, size, ServerPerClass);
        var ahead = this == Kit ? await CompiledAhead.PropertyAsync(".") : "-p:CompileAhead=false";
        using var build = Process.Start(new ProcessStartInfo("dotnet",
            ["build", $"{Folder}/{Name}", "-c", "Release", "-v", "q", "--nologo", "-clp:NoSummary", $"-p:SuiteSources={sources}", $"-p:SuiteSize={size}", ahead]))!;
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name} does not build.");
        }
    }

    /// <summary>The kit's fixture file holds the tests' verbs too; they begin with the first helper.</summary>
    private static int CodeLines(IEnumerable<string> lines) => lines
        .TakeWhile(line => !line.Contains("HttpClient Customer(", StringComparison.Ordinal))
        .Select(line => line.Trim())
        .Count(line => line.Length > 1 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal));
}
