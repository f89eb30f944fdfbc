using System.Text;
using IntegrationKit.Testcontainers.Tests.Support;
using RabbitMQ.Client;
using Testcontainers.RabbitMq;

namespace IntegrationKit.Testcontainers.Tests.Modules;

public sealed class RabbitMqFixture() : ContainerFixture<RabbitMqContainer>(() => new RabbitMqBuilder(LocalDocker.RabbitMq))
{
    protected override void Configure(ContainerOptions<RabbitMqContainer> options) => options.Otherwise(WhenUnavailable.Skip);
}

public sealed class RabbitMqTests(RabbitMqFixture rabbit) : IClassFixture<RabbitMqFixture>
{
    [Fact]
    public async Task A_message_that_was_published_is_received()
    {
        var token = TestContext.Current.CancellationToken;
        var factory = new ConnectionFactory { Uri = new Uri(rabbit.Container.GetConnectionString()) };
        await using var connection = await factory.CreateConnectionAsync(token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: token);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: token)).QueueName;

        await channel.BasicPublishAsync("", queue, Encoding.UTF8.GetBytes("hello"), token);

        var message = await channel.BasicGetAsync(queue, autoAck: true, token);
        Encoding.UTF8.GetString(message!.Body.Span).Should().Be("hello");
    }
}
