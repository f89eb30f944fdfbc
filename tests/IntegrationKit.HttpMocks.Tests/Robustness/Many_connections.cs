using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests.Robustness;

[Collection(nameof(Alone))]
public sealed class Many_connections
{
    /// <summary>Ten thousand with INTEGRATIONKIT_TEST_CONNECTIONS=10000; both ends are this process, so twice as many sockets.</summary>
    private static readonly int Connections =
        int.Parse(Environment.GetEnvironmentVariable("INTEGRATIONKIT_TEST_CONNECTIONS") ?? "1000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task All_open_at_once_all_are_answered()
    {
        await using var harness = await MockHarness.StartAsync(o => o.Journal(20_000, 0));
        var test = await harness.BeginAsync();
        harness.Mock.Get("/x").ReplyText(200, "here").Times(Connections);
        var address = new IPEndPoint(IPAddress.Loopback, harness.Mock.BaseAddress.Port);
        var sockets = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => ConnectAsync(address)));

        var answered = await Task.WhenAll(sockets.Select(socket => AskAsync(socket, test.Test.BaggageId)));

        answered.Count(ok => ok).Should().Be(Connections);
        harness.Mock.Requests.Should().HaveCount(Connections);
        await test.VerifyAsync();
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address);
        return socket;
    }

    private static async Task<bool> AskAsync(Socket socket, string test)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /x HTTP/1.1\r\nHost: x\r\nbaggage: ik-test={test}\r\n\r\n"));
        var buffer = new byte[1024];
        var text = "";
        while (!text.EndsWith("here", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                return false;
            }

            text += Encoding.ASCII.GetString(buffer, 0, read);
        }

        return text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
    }
}
