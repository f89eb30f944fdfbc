namespace IntegrationKit;

/// <summary>
/// Starts request patterns by method and path: in <see cref="HttpMock.Verify"/> to name requests, in
/// <see cref="HttpMockOptions.Stubs"/> to declare stubs that all tests share.
/// </summary>
public sealed class MockRoutes
{
    private readonly Func<string, string, MockStub> start;

    internal MockRoutes(Func<string, string, MockStub> start) => this.start = start;

    /// <inheritdoc cref="HttpMock.Get"/>
    public MockStub Get(string path) => start(HttpMethod.Get.Method, path);

    /// <inheritdoc cref="HttpMock.Post"/>
    public MockStub Post(string path) => start(HttpMethod.Post.Method, path);

    /// <inheritdoc cref="HttpMock.Put"/>
    public MockStub Put(string path) => start(HttpMethod.Put.Method, path);

    /// <inheritdoc cref="HttpMock.Patch"/>
    public MockStub Patch(string path) => start(HttpMethod.Patch.Method, path);

    /// <inheritdoc cref="HttpMock.Delete"/>
    public MockStub Delete(string path) => start(HttpMethod.Delete.Method, path);

    /// <inheritdoc cref="HttpMock.Any"/>
    public MockStub Any(string path) => start("ANY", path);
}
