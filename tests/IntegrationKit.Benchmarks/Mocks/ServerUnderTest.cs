using System.Diagnostics;
using System.Globalization;

namespace IntegrationKit.Mocks;

/// <summary>A server in a process of its own, and what it costs. Java runs from the jar named by WIREMOCK_JAR.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    /// <summary>Requests under way at once: as many as two cores keep busy with parallel tests.</summary>
    private const int Callers = 16;

    private readonly Process process;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
    private readonly bool isJava;
    private int number;

    private ServerUnderTest(Process process, Uri address, bool isJava, TimeSpan start)
    {
        this.process = process;
        this.isJava = isJava;
        Address = address;
        Start = start;
    }

    public Uri Address { get; }

    /// <summary>From the launch of the process to the first answer.</summary>
    public TimeSpan Start { get; private set; }

    public static string? JavaJar => Environment.GetEnvironmentVariable("WIREMOCK_JAR") is { Length: > 0 } jar && File.Exists(jar) ? jar : null;

    public static async Task<ServerUnderTest> StartAsync(string server, ServedCase served)
    {
        var launched = Stopwatch.GetTimestamp();
        var isJava = server == "Java";
        var port = isJava ? FreePort() : 0;
        var process = Process.Start(isJava
            ? new ProcessStartInfo("java", ["-jar", JavaJar!, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind-address", "127.0.0.1", "--disable-banner"]) { RedirectStandardOutput = true }
            : new ProcessStartInfo(Environment.ProcessPath!, [typeof(ServerUnderTest).Assembly.Location, "mocks-serve", server, served.Kind, served.Count.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        var address = isJava ? $"http://127.0.0.1:{port}" : await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{server} did not start");
        var started = new ServerUnderTest(process, new Uri(address), isJava, TimeSpan.Zero);
        if (isJava)
        {
            await started.ImportAsync(served);
        }

        using var response = await started.client.SendAsync(served.Request(started.Address, 0));
        response.EnsureSuccessStatusCode();
        started.Start = Stopwatch.GetElapsedTime(launched);
        return started;
    }

    /// <summary>CPU microseconds per request over about this time, with sixteen requests under way.</summary>
    public async Task<double> CpuPerRequestAsync(ServedCase served, TimeSpan time)
    {
        var begun = await CpuAsync();
        var sent = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (watch.Elapsed < time)
            {
                using var response = await client.SendAsync(served.Request(Address, Interlocked.Increment(ref number) * 7919 & int.MaxValue));
                await response.Content.ReadAsByteArrayAsync();
                if (!response.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException($"{Address} answered {(int)response.StatusCode}");
                }

                Interlocked.Increment(ref sent);
            }
        }));
        return (await CpuAsync() - begun) / Math.Max(1, sent);
    }

    public async Task<long> HeapAsync()
    {
        await process.StandardInput.WriteLineAsync("heap");
        return long.Parse((await process.StandardOutput.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<double> CpuAsync()
    {
        if (isJava)
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalMicroseconds;
        }

        await process.StandardInput.WriteLineAsync("cpu");
        return double.Parse((await process.StandardOutput.ReadLineAsync())!.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private async Task ImportAsync(ServedCase served)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var content = new StringContent(served.Mappings());
                using var response = await client.PostAsync(new Uri(Address, "/__admin/mappings/import"), content);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (deadline.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        return ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
    }
}
