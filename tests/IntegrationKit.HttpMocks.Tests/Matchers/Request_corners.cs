using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests.Matchers;

/// <summary>What Java WireMock 3.13 answered to the same requests, sent as written.</summary>
public sealed class Request_corners : MockTest
{
    [Theory]
    [InlineData("\"url\":\"/a\"", "get /a", "", true)]
    [InlineData("\"urlPattern\":\"/a\"", "GET /a#part", "", true)]
    [InlineData("\"url\":\"/a\",\"host\":{\"equalTo\":\"x.test\"}", "GET /a", "Host: X.Test", true)]
    [InlineData("\"url\":\"/a\",\"scheme\":\"http\"", "GET /a", "", true)]
    [InlineData("\"url\":\"/a\",\"scheme\":\"HTTP\"", "GET /a", "", false)]
    [InlineData("\"url\":\"/a\",\"cookies\":{\"x\":{\"equalTo\":\"1\"}}", "GET /a", "Cookie: X=1", true)]
    [InlineData("\"url\":\"/a\",\"cookies\":{\"x\":{\"equalTo\":\"a b\"}}", "GET /a", "Cookie: x=a b", true)]
    [InlineData("\"url\":\"/a\",\"cookies\":{\"x\":{\"contains\":\"1\"}}", "GET /a", "Cookie: x=1,y=2", false)]
    [InlineData("\"url\":\"/a\",\"cookies\":{\"x\":{\"absent\":true}}", "GET /a", "Cookie: x=1,y=2", true)]
    public async Task A_request_matches(string pattern, string line, string header, bool matches)
    {
        Mock.Load($$$"""{"request":{"method":"GET",{{{pattern}}}},"response":{"status":204}}""");

        (await StatusAsync(line, header)).Should().Be(matches ? HttpStatusCode.NoContent : HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Marks_for_white_space_in_templates_do_nothing()
    {
        Mock.Load("""{"request":{"url":"/a"},"response":{"body":"a {{~ request.method ~}} b","transformers":["response-template"]}}""");

        (await Client.GetStringAsync("/a")).Should().Be("a GET b");
    }

    private async Task<HttpStatusCode> StatusAsync(string line, string header)
    {
        using var socket = new TcpClient(Mock.BaseAddress.Host, Mock.BaseAddress.Port);
        await using var stream = socket.GetStream();
        var host = header.StartsWith("Host:", StringComparison.Ordinal) ? "" : "Host: localhost\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{line} HTTP/1.1\r\n{host}{(header.Length == 0 ? "" : header + "\r\n")}Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync();
        return (HttpStatusCode)int.Parse(status!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
