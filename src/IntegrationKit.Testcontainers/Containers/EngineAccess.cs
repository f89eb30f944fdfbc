using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using DotNet.Testcontainers.Configurations;

namespace IntegrationKit.Containers;

/// <summary>Makes Testcontainers talk to the engine that was found, in the version agreed on instead of the one it is written against.</summary>
internal sealed class EngineAccess(DockerEngine engine) : IDockerEndpointAuthenticationConfiguration
{
    private readonly DockerEndpointAuthenticationConfiguration inner = new(engine.Endpoint);

    public Version Version => engine.ApiVersion;

    public Uri Endpoint => engine.Endpoint;

    public IAuthProvider AuthProvider => inner.AuthProvider;

    public DockerClientBuilder GetDockerClientBuilder(Guid sessionId = default) => inner.GetDockerClientBuilder(sessionId).WithApiVersion(engine.ApiVersion);
}
