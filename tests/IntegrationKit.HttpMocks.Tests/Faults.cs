using System.Net.Sockets;
using System.Text;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

[Collection(nameof(Alone))]
public sealed class Faults : IAsyncLifetime
{
    /// <summary>What Java WireMock 3.13 sends.</summary>
    private const string Junk = "lskdu018973t09sylgasjkfg1][]'./.sdlv";

    private MockHarness harness = null!;

    public async ValueTask InitializeAsync()
    {
        harness = await MockHarness.StartAsync();
        await harness.BeginAsync();
    }

    public ValueTask DisposeAsync() => harness.DisposeAsync();

    [Fact]
    public async Task Empty_response_closes_without_a_byte()
    {
        harness.Mock.Get("/x").ReplyFault(MockFault.EmptyResponse);

        var (bytes, reset) = await RawAsync("/x");

        bytes.Should().BeEmpty();
        reset.Should().BeFalse();
    }

    [Fact]
    public async Task Malformed_chunk_is_a_status_line_and_garbage()
    {
        harness.Mock.Get("/x").ReplyFault(MockFault.MalformedResponseChunk);

        var (bytes, reset) = await RawAsync("/x");

        Encoding.Latin1.GetString(bytes).Should().Be("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Junk);
        reset.Should().BeFalse();
    }

    [Fact]
    public async Task Random_data_is_no_http()
    {
        harness.Mock.Get("/x").ReplyFault(MockFault.RandomDataThenClose);

        var (bytes, reset) = await RawAsync("/x");

        Encoding.Latin1.GetString(bytes).Should().Be(Junk);
        reset.Should().BeFalse();
    }

    [Fact]
    public async Task Connection_reset_is_a_reset()
    {
        harness.Mock.Get("/x").ReplyFault(MockFault.ConnectionResetByPeer);

        var (bytes, reset) = await RawAsync("/x");

        bytes.Should().BeEmpty();
        reset.Should().BeTrue();
    }

    [Fact]
    public async Task No_reply_lasts_until_the_caller_gives_up()
    {
        harness.Mock.Get("/x").ReplyFault(MockFault.NoReply);
        using var client = new HttpClient { BaseAddress = harness.Mock.BaseAddress, Timeout = TimeSpan.FromMilliseconds(200) };

        await client.Invoking(c => c.GetAsync("/x")).Should().ThrowAsync<TaskCanceledException>();
    }

    private async Task<(byte[] Bytes, bool Reset)> RawAsync(string path)
    {
        var address = harness.Mock.BaseAddress;
        using var socket = new TcpClient(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"));
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received);
            return (received.ToArray(), false);
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return (received.ToArray(), true);
        }
    }
}
