using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrationKit.HttpMocks.Tests.Support;
using IntegrationKit.Matching;
using IntegrationKit.Standalone;

namespace IntegrationKit.HttpMocks.Tests.Robustness;

public sealed class Bad_input
{
    private const int Huge = 100 * 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_huge_body_is_refused_with_a_message(bool chunked)
    {
        await using var harness = await MockHarness.StartAsync();
        var test = await harness.BeginAsync();
        using var client = test.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = new StreamContent(new Zeros(Huge)) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        request.Content.Headers.ContentLength = chunked ? null : Huge;

        using var response = await client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).Should()
            .Be("POST /upload: the body is larger than the 33554432 bytes the mock accepts; MaxBody(...) accepts more.\n");
    }

    [Fact]
    public async Task A_huge_body_is_taken_where_it_is_allowed()
    {
        await using var harness = await MockHarness.StartAsync(o => o.MaxBody(Huge));
        var test = await harness.BeginAsync();
        harness.Mock.Post("/upload").Reply(200);
        using var client = test.Client();

        using var response = await client.PostAsync("/upload", new StreamContent(new Zeros(Huge)));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        harness.Mock.Requests.Should().ContainSingle().Which.Body.Length.Should().Be(64 * 1024);
    }

    [Fact]
    public async Task A_client_that_goes_in_the_middle_of_its_body_harms_nobody()
    {
        await using var harness = await MockHarness.StartAsync();
        var test = await harness.BeginAsync();
        harness.Mock.Post("/x").Reply(200);
        for (var i = 0; i < 20; i++)
        {
            using var socket = new TcpClient(harness.Mock.BaseAddress.Host, harness.Mock.BaseAddress.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf"));
        }

        using var client = test.Client();
        (await client.PostAsync("/x", new StringContent("whole"))).StatusCode.Should().Be(HttpStatusCode.OK);

        harness.Mock.Requests.Should().ContainSingle().Which.Text.Should().Be("whole");
        await test.VerifyAsync();
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("ik-port-");

        var starting = () => StandaloneMock.StartAsync(folder.FullName, port, https: false, CancellationToken.None);

        (await starting.Should().ThrowAsync<IOException>()).WithMessage($"*127.0.0.1:{port}*in use*");
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_regex_that_explodes_is_stopped()
    {
        var regex = JavaRegex.Compile("(a+)+b");
        var begun = Stopwatch.GetTimestamp();

        RegexMatcher.FullMatch(regex, new string('a', 60)).Should().BeFalse();

        Stopwatch.GetElapsedTime(begun).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("NONSENSE\r\n\r\n")]
    [InlineData("GET /%00%zz HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: x\r\ntraceparent: 00-zz-zz-01\r\nbaggage: ===,;;\r\nCookie: =;;\r\n\r\n")]
    public async Task Malformed_requests_leave_the_mock_alive(string bytes)
    {
        await using var harness = await MockHarness.StartAsync(o => o.AllowUnmatched());
        var test = await harness.BeginAsync();
        harness.Mock.Get("/alive").Reply(200);
        using (var socket = new TcpClient(harness.Mock.BaseAddress.Host, harness.Mock.BaseAddress.Port))
        {
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
            socket.Client.Shutdown(SocketShutdown.Send);
            _ = await stream.ReadAsync(new byte[4096]);
        }

        using var client = test.Client();
        (await client.GetAsync("/alive")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>So many zeros, without holding them.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - position);
            Array.Clear(buffer, offset, read);
            position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
