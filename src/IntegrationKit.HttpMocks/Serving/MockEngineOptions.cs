using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Responding;

namespace IntegrationKit.Serving;

internal sealed record MockEngineOptions
{
    public JournalLimits Journal { get; init; } = new();

    /// <summary>Bytes of the largest request body that is accepted.</summary>
    public int BodyLimit { get; init; } = 32 * 1024 * 1024;

    /// <summary>Folder of body files, or null when there is none.</summary>
    public string? FilesDirectory { get; init; }

    /// <summary>Where stubs are saved and restored from, or null.</summary>
    public MappingFolder? Folder { get; init; }

    /// <summary>Serve <see cref="FilesDirectory"/> by path when no stub matches, as a stand-alone WireMock does.</summary>
    public bool ServeFiles { get; init; }

    /// <summary>Every response is a template, as WireMock's <c>--global-response-templating</c>.</summary>
    public bool TemplateAll { get; init; }

    /// <summary>Delay of stubs that have none of their own; set through the admin API.</summary>
    public DelayDistribution? GlobalDelay { get; set; }

    /// <summary>For stubs that pass requests on.</summary>
    public ProxyClient Proxy { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Random Random { get; init; } = Random.Shared;
}
