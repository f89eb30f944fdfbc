using System.Text;
using System.Text.Json;
using IntegrationKit.Resources;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace IntegrationKit.Contracts;

/// <summary>
/// Where the documents come from: a committed file, else the application's own, else one generated in the process. The
/// application need not publish any.
/// </summary>
internal static class OpenApiSource
{
    private const string OwnName = "integrationkit";

    /// <summary>Registers a document of our own where the application has none. Called here, because a call in a user's project would need the generator's interceptors.</summary>
    public static void Register(IServiceCollection services)
    {
        if (Names(services).Count == 0)
        {
            services.AddOpenApi(OwnName);
        }

        services.AddSingleton(new DocumentNames(Names(services)));
    }

    public static Func<CancellationToken, Task<IReadOnlyList<ContractDocument>>> From(
        IServiceProvider services, string? file, FixtureContext context) => async cancellationToken =>
    {
        if (file is not null)
        {
            var path = context.FindPath(file) ?? throw new FileNotFoundException($"The contract '{file}' is neither in the output nor in the project folder.");
            return [new ContractDocument(JsonDocument.Parse(await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken).ConfigureAwait(false)))];
        }

        List<ContractDocument> documents = [];
        foreach (var name in services.GetService<DocumentNames>()?.Names ?? [])
        {
            var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(name);
            var document = await provider.GetOpenApiDocumentAsync(cancellationToken).ConfigureAwait(false);
            documents.Add(new ContractDocument(JsonDocument.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken).ConfigureAwait(false))));
        }

        return documents;
    };

    private static List<string> Names(IServiceCollection services) =>
        [.. services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IOpenApiDocumentProvider))
            .Select(service => service.ServiceKey).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private sealed record DocumentNames(IReadOnlyList<string> Names);
}
