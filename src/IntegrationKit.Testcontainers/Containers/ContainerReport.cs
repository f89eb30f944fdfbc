using System.Globalization;
using DotNet.Testcontainers.Containers;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Resources;

namespace IntegrationKit.Containers;

/// <summary>Tells the report about one declared container: the point, its image and version, where it listens.</summary>
internal sealed class ContainerReport(string name)
{
    private FixtureContext? context;

    public void Declared(FixtureContext owner) => context = owner;

    public void Ready<TContainer>(TetheredContainer<TContainer> container, string reason, TimeSpan time)
        where TContainer : IContainer
    {
        var image = container.Container.Image;
        var product = image.Repository.Split('/')[^1];
        Declare(KindOf(product), product);
        Recorder.Observe(Resource("ready") with
        {
            Version = image.Tag,
            Reason = reason,
            Endpoint = string.Join(", ", container.Container.GetMappedPublicPorts().Values
                .Select(port => string.Create(CultureInfo.InvariantCulture, $"{container.Host}:{port}"))),
            StartUs = (long)time.TotalMicroseconds,
            Details = new Dictionary<string, string>
            {
                ["image"] = container.Image,
                ["image_id"] = container.Facts!.Digest,
                ["container"] = container.Container.Id[..12],
                ["removal"] = "tether: with this process, however it ends",
            },
        });
    }

    public void Failed(string error)
    {
        Declare(PointKind.Other, null);
        Recorder.Observe(Resource("failed") with { Error = error });
    }

    private void Declare(string kind, string? system) => Recorder.Observe(new PointDeclared
    {
        Id = $"container:{name}",
        Kind = kind,
        Name = name,
        System = system,
        Provider = "container",
        DeclaredBy = context!.FixtureName,
    });

    private ResourceReported Resource(string state) => new()
    {
        Resource = $"container:{name}",
        Kind = "container",
        Name = name,
        Provider = "container",
        State = state,
    };

    private static string KindOf(string product) => product switch
    {
        "redis" or "valkey" or "memcached" or "garnet" or "keydb" => PointKind.Cache,
        "rabbitmq" or "kafka" or "nats" or "mosquitto" or "pulsar" or "activemq" or "cp-kafka" or "redpanda" => PointKind.Messaging,
        "minio" or "azurite" or "localstack" or "seaweedfs" => PointKind.Storage,
        "mysql" or "mariadb" or "mongo" or "server" or "clickhouse" or "postgres" or "elasticsearch" => PointKind.Database,
        _ => PointKind.Other,
    };
}
