using System.Text.Json.Nodes;

namespace IntegrationKit.Package.Tests;

/// <summary>A copy of a project in a folder of its own, outside the repository.</summary>
public sealed class Sandbox : IDisposable
{
    private readonly Dictionary<string, string?> environment = new(StringComparer.Ordinal)
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["CI"] = null,
    };

    private Sandbox(string folder) => Folder = folder;

    public string Folder { get; }

    public string ReportFolder => Path.Combine(Folder, "report");

    public static Sandbox Of(string project, PackageFeed feed, string xunit = "3.2.2")
    {
        var folder = Directory.CreateTempSubdirectory("ik-sandbox-").FullName;
        var source = Path.Combine(AppContext.BaseDirectory, "Projects", project);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration><packageSources><add key="packed" value="{feed.Folder}" /></packageSources></configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), $"""
            <Project><PropertyGroup>
              <TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>
              <IntegrationKitVersion>{feed.Version}</IntegrationKitVersion><XunitVersion>{xunit}</XunitVersion>
              <InvariantGlobalization>true</InvariantGlobalization><NuGetAudit>false</NuGetAudit>
            </PropertyGroup></Project>
            """);
        var sandbox = new Sandbox(folder);
        sandbox.environment["INTEGRATIONKIT_REPORT"] = sandbox.ReportFolder;
        return sandbox;
    }

    public async Task<Command> DotnetAsync(params string[] arguments) => await Command.RunAsync(Folder, environment, "dotnet", arguments);

    public async Task BuildAsync(params string[] arguments)
    {
        var build = await DotnetAsync(["build", "--nologo", "-v", "q", "-clp:NoSummary", .. arguments]);
        build.ExitCode.Should().Be(0, build.Output);
    }

    public bool HasReport => File.Exists(Path.Combine(ReportFolder, "report.json"));

    /// <summary>The report of the last run; the next run starts without it.</summary>
    public JsonNode TakeReport()
    {
        var path = Path.Combine(ReportFolder, "report.json");
        var report = JsonNode.Parse(File.ReadAllText(path))!;
        Directory.Delete(ReportFolder, recursive: true);
        return report;
    }

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Folder, path), text);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
