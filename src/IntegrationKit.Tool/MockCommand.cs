using System.CommandLine;
using IntegrationKit.Standalone;

namespace IntegrationKit.Tool;

/// <summary><c>integrationkit mock</c>: a mock server that speaks WireMock's JSON and admin API.</summary>
internal static class MockCommand
{
    public static Command Create()
    {
        var root = new Option<DirectoryInfo>("--root") { Description = "Folder with mappings/ and __files/.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var port = new Option<int>("--port") { Description = "Port on the loopback address; 0 picks a free one.", DefaultValueFactory = _ => 8080 };
        var https = new Option<bool>("--https") { Description = "Speak TLS (HTTP/1.1 and HTTP/2) with a certificate made for this run." };
        var certificate = new Option<FileInfo?>("--certificate-out") { Description = "With --https: write the certificate here as PEM, for clients to trust." };
        var command = new Command("mock", "Serves stubs until it is stopped.") { root, port, https, certificate };
        command.SetAction((result, cancellationToken) => RunAsync(
            new(result.GetRequiredValue(root).FullName, result.GetValue(port), result.GetValue(https), result.GetValue(certificate)),
            result.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(MockSettings settings, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var mock = await StandaloneMock.StartAsync(settings.Root, settings.Port, settings.Https, cancellationToken).ConfigureAwait(false);
            await using var stopping = mock.ConfigureAwait(false);
            if (settings.Certificate is { } file && mock.Pem is { } pem)
            {
                await File.WriteAllTextAsync(file.FullName, pem, cancellationToken).ConfigureAwait(false);
            }

            await console.Output.WriteLineAsync($"mock: {mock.Url} ({mock.Stubs} stubs, admin API at {mock.Url}/__admin)").ConfigureAwait(false);
            await console.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            await mock.Stopped.WaitAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception exception) when (exception is MockMappingException or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private sealed record MockSettings(string Root, int Port, bool Https, FileInfo? Certificate);
}
