using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IntegrationKit.HttpMocks.Tests.Standalone;

/// <summary><c>integrationkit mock</c> in a process of its own.</summary>
internal sealed partial class ToolProcess : IAsyncDisposable
{
    private readonly Process process;

    private ToolProcess(Process process, Uri address, DirectoryInfo root)
    {
        this.process = process;
        Address = address;
        Root = root;
    }

    public Uri Address { get; }

    public DirectoryInfo Root { get; }

    public static async Task<ToolProcess> StartAsync(params string[] arguments)
    {
        var root = Directory.CreateTempSubdirectory("ik-mock-");
        var process = Start(["mock", "--root", root.FullName, "--port", "0", .. arguments]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return new(process, new Uri(Url().Match(line ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync())).Value), root);
    }

    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IntegrationKit.Tool.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Root.Delete(recursive: true);
    }

    [GeneratedRegex(@"https?://[\d.]+:\d+", RegexOptions.None, 1000)]
    private static partial Regex Url();
}
