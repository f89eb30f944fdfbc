using System.Globalization;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WireMock.Server;

namespace IntegrationKit.Mocks;

/// <summary>
/// The child process: serves one case with one server, prints its address, and answers each line on its input with its CPU
/// time and its heap.
/// </summary>
internal static class ServedProcess
{
    public static async Task RunAsync(string[] args)
    {
        var served = ServedCase.Parse(args[1], args[2]);
        var address = args[0] switch
        {
            "ours" => await OursAsync(served),
            "WireMock.Net" => WireMockNet(served),
            _ => await BareAsync(),
        };
        await Console.Out.WriteLineAsync(address);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var heap = line == "heap" ? GC.GetTotalMemory(forceFullCollection: true) : 0;
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Environment.CpuUsage.TotalTime.TotalMicroseconds} {heap}"));
        }
    }

    private static async Task<string> OursAsync(ServedCase served)
    {
        var engine = new MockEngine(new MockEngineOptions { Journal = new JournalLimits(served.Kind == "memory" ? 100_000 : 1_000) });
        foreach (var mapping in MappingReader.ReadText(served.Mappings()))
        {
            engine.Shared.Stubs.Add(mapping);
        }

        var listener = await MockListener.StartAsync(engine, null, new ListenerOptions(), CancellationToken.None);
        return listener.Url;
    }

    private static string WireMockNet(ServedCase served)
    {
        var server = WireMockServer.Start();
        for (var i = 0; i < served.Count; i++)
        {
            var request = WireMock.RequestBuilders.Request.Create();
            request = served.Kind switch
            {
                "pattern" => request.UsingGet().WithPath(new WireMock.Matchers.RegexMatcher($"^/p{i}/[0-9]+$")),
                "json" => request.UsingPost().WithPath("/json").WithBody(new WireMock.Matchers.JsonMatcher("""{"amount":500,"currency":"EUR","lines":[1,2,3]}""")),
                "template" => request.UsingGet().WithPath("/template"),
                _ => request.UsingGet().WithPath($"/s{i}"),
            };
            var response = WireMock.ResponseBuilders.Response.Create().WithStatusCode(200);
            server.Given(request).RespondWith(served.Kind == "template"
                ? response.WithBody("Hello {{request.query.name}}").WithTransformer()
                : response.WithHeader("Content-Type", "application/json").WithBody(ServedCase.Answer));
        }

        return server.Url!;
    }

    private static async Task<string> BareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var answer = System.Text.Encoding.UTF8.GetBytes(ServedCase.Answer);
        application.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        await application.StartAsync();
        return application.Urls.First();
    }
}
