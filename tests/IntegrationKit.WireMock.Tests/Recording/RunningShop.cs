using System.Diagnostics;

namespace IntegrationKit.Tests.Recording;

/// <summary>The Shop as a process of its own on a free port.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process process;

    private Task output = Task.CompletedTask;

    private RunningShop(Process process) => this.process = process;

    public string Url { get; private set; } = "";

    public static async Task<RunningShop> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Shop.dll"), "--urls", "http://127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ConnectionStrings__Shop"] = connectionString;
        var shop = new RunningShop(Process.Start(start)!);
        while (await shop.process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                shop.Url = line[(at + Listening.Length)..].Trim();
                // What it says later is read, too, so that it never fills the pipe.
                shop.output = shop.process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return shop;
            }
        }

        await shop.DisposeAsync();
        throw new InvalidOperationException("The Shop ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await output;
        process.Dispose();
    }
}
