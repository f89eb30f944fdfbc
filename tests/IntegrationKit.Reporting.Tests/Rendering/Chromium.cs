using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationKit.Rendering;

/// <summary>A headless browser driven by its debugging protocol, with nothing but the base library.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private int last;

    private Chromium(Process process, string profile)
    {
        this.process = process;
        this.profile = profile;
    }

    /// <summary>Console errors, exceptions and policy violations since the start.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Every address the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Path of an installed browser, or null.</summary>
    public static string? Installed { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static async Task<Chromium> StartAsync(int width = 1280, int height = 900)
    {
        var directory = Directory.CreateTempSubdirectory("ik-chromium-").FullName;
        var start = new ProcessStartInfo(Installed!, [
            "--headless", "--no-sandbox", "--disable-ipc-flooding-protection", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
            $"--user-data-dir={directory}", "--remote-debugging-port=0", $"--window-size={width},{height}", "about:blank"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var browser = new Chromium(Process.Start(start)!, directory);
        browser.process.ErrorDataReceived += static (_, _) => { };
        browser.process.BeginErrorReadLine();
        await browser.ConnectAsync();
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            await browser.SendAsync(domain + ".enable");
        }

        return browser;
    }

    /// <summary>Opens a page and waits until the report's script says it is ready; gives the milliseconds since navigation.</summary>
    public async Task<double> OpenAsync(string url, string ready = "document.documentElement?.dataset.ready")
    {
        var clock = Stopwatch.StartNew();
        await SendAsync("Page.navigate", new JsonObject { ["url"] = url });
        await WaitAsync($"!!({ready})", TimeSpan.FromSeconds(120));
        return clock.Elapsed.TotalMilliseconds;
    }

    public async Task WaitAsync(string condition, TimeSpan? limit = null)
    {
        var deadline = Stopwatch.StartNew();
        while (!(await EvaluateAsync(condition))!.GetValue<bool>())
        {
            if (deadline.Elapsed > (limit ?? TimeSpan.FromSeconds(15)))
            {
                throw new TimeoutException($"'{condition}' did not become true. Problems: {string.Join("; ", Problems)}");
            }

            await Task.Delay(5);
        }
    }

    public async Task<JsonNode?> EvaluateAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = script, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is { } problem
            ? throw new InvalidOperationException(problem.ToJsonString())
            : answer["result"]?["value"];
    }

    public async Task<string> TextAsync(string script) => (await EvaluateAsync(script))!.GetValue<string>();

    public async Task PressAsync(string key)
    {
        var down = new JsonObject { ["type"] = "keyDown", ["key"] = key };
        if (key.Length == 1)
        {
            down["text"] = key;
        }

        await SendAsync("Input.dispatchKeyEvent", down);
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key });
    }

    public Task SchemeAsync(string scheme) => SendAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    public Task ScriptsAsync(bool enabled) => SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !enabled });

    /// <summary>Forgets the page before.</summary>
    public async Task ResetAsync()
    {
        await ScriptsAsync(enabled: true);
        await SchemeAsync("light");
        await OpenAsync("about:blank", "document.readyState === 'complete'");
        Problems.Clear();
        Requests.Clear();
    }

    public async Task ScreenshotAsync(string path, int width, int height)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        var answer = await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String(answer["data"]!.GetValue<string>()));
    }

    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = ++last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        while (true)
        {
            var received = await ReceiveAsync();
            if (received["id"]?.GetValue<int>() == id)
            {
                return received["result"] ?? throw new InvalidOperationException(received.ToJsonString());
            }

            Note(received);
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may still hold a file; the folder is in the system's temporary place.
        }
    }

    private async Task ConnectAsync()
    {
        var file = Path.Combine(profile, "DevToolsActivePort");
        var deadline = Stopwatch.StartNew();
        while (!File.Exists(file) || (await File.ReadAllLinesAsync(file)).Length < 2)
        {
            if (deadline.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException("The browser opened no debugging port.");
            }

            await Task.Delay(20);
        }

        var port = (await File.ReadAllLinesAsync(file))[0];
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/json/list"))!.AsArray();
        var address = pages.First(page => page!["type"]!.GetValue<string>() == "page")!["webSocketDebuggerUrl"]!.GetValue<string>();
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, limit.Token);
            memory.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(memory.ToArray())!;
    }

    private void Note(JsonNode message)
    {
        switch (message["method"]?.GetValue<string>())
        {
            case "Network.requestWillBeSent":
                Requests.Add(message["params"]!["request"]!["url"]!.GetValue<string>());
                break;
            case "Runtime.exceptionThrown":
                Problems.Add(message["params"]!["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when message["params"]!["entry"]!["level"]!.GetValue<string>() is "error" or "warning":
                Problems.Add(message["params"]!["entry"]!["text"]!.GetValue<string>());
                break;
            case "Runtime.consoleAPICalled" when message["params"]!["type"]!.GetValue<string>() == "error":
                Problems.Add(message["params"]!.ToJsonString());
                break;
        }
    }
}
