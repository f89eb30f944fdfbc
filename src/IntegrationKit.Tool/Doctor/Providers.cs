using IntegrationKit.Containers;
using IntegrationKit.Local;

namespace IntegrationKit.Doctor;

/// <summary>The ways to a PostgreSQL server, in the order in which they are tried.</summary>
internal static class Providers
{
    private const string Container = "container";

    public static async Task<IReadOnlyList<ProviderAnswer>> FindAsync(DockerSearch docker, CancellationToken cancellationToken)
    {
        List<ProviderAnswer> answers = [.. await LocalPostgres.ProbeAsync(cancellationToken).ConfigureAwait(false)];
        answers.RemoveAll(answer => answer.Provider == Container);
        answers.Insert(1, await ContainerAsync(docker, cancellationToken).ConfigureAwait(false));
        return answers;
    }

    /// <summary>The provider that a run would use whatever packages its project references, or null.</summary>
    public static ProviderAnswer? Chosen(IReadOnlyList<ProviderAnswer> answers) =>
        answers.FirstOrDefault(answer => answer.Provider != Container && (answer.IsNamed || answer.Usable)) is { Usable: true } chosen ? chosen : null;

    /// <summary>The answer of containers when a project with that package would use them, or null.</summary>
    public static ProviderAnswer? WithPackage(IReadOnlyList<ProviderAnswer> answers) =>
        answers.FirstOrDefault(answer => answer.IsNamed || answer.Usable) is { Usable: true, Provider: Container } container ? container : null;

    private static async Task<ProviderAnswer> ContainerAsync(DockerSearch docker, CancellationToken cancellationToken)
    {
        if (docker.Engine is not { } engine)
        {
            return new ProviderAnswer(Container, false, docker.Reason);
        }

        var image = PostgresImage.OfEnvironment();
        return image.Named || await engine.HasImageAsync(image.Name, cancellationToken).ConfigureAwait(false)
            ? new ProviderAnswer(Container, true, $"{docker.Reason}; image {image.Name}")
            : new ProviderAnswer(Container, false, $"{docker.Reason}, but the image {image.Name} is not there; name another one in code or in {PostgresImage.Variable}");
    }
}
