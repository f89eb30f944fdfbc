namespace Fixtures; public sealed class Shared : IntegrationKit.IntegrationFixture;
