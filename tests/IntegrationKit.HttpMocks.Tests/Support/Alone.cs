namespace IntegrationKit.HttpMocks.Tests.Support;

/// <summary>Tests that measure time run while nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
