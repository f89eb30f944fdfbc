using System.Collections.Concurrent;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Resources;
using IntegrationKit.Responding;

namespace IntegrationKit.Recordings;

/// <summary>A real service behind a mock, and what it has answered since recording began. Thread-safe.</summary>
internal sealed class UpstreamRecording(Uri upstream, RecordMode mode, MappingFolder? folder)
{
    private readonly ConcurrentDictionary<Guid, StubMapping> recorded = new();
    private readonly Lock files = new();

    /// <summary>The recording that options and environment ask for, or null.</summary>
    public static UpstreamRecording? From((RecordMode Mode, Uri? Upstream) asked, FixtureContext context, IReadOnlyList<string> folders)
    {
        if (asked.Upstream is not { } service)
        {
            return null;
        }

        var wanted = Enum.TryParse<RecordMode>(Environment.GetEnvironmentVariable("INTEGRATIONKIT_RECORD"), ignoreCase: true, out var mode)
            ? mode
            : string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? asked.Mode : RecordMode.None;
        if (wanted == RecordMode.None)
        {
            return null;
        }

        var root = context.ProjectDirectory ?? context.BaseDirectory;
        return new(service, wanted, folders.Count > 0 ? MappingFolder.At(Path.GetFullPath(Path.Combine(root, folders[0]))) : null);
    }

    public RecordMode Mode => mode;

    public IReadOnlyList<StubMapping> Recorded => [.. recorded.Values.OrderBy(mapping => mapping.Name, StringComparer.Ordinal)];

    /// <summary>Asks the service, and keeps its answer as a stub in the mappings folder.</summary>
    /// <exception cref="AnswerException">The service could not be reached.</exception>
    public async Task<Answer> AskAsync(ProxyClient client, MockRequest request, CancellationToken cancellationToken)
    {
        var target = new Uri(upstream.ToString().TrimEnd('/') + request.Target);
        var answer = await client.SendAsync(target, request, null, cancellationToken).ConfigureAwait(false);
        var mapping = RecordedStub.Of(request, answer);
        recorded[mapping.Id] = mapping;
        lock (files)
        {
            folder?.Write(mapping);
        }

        return answer;
    }
}
