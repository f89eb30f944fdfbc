using IntegrationKit.Local;

namespace IntegrationKit.Doctor;

/// <summary>The ways to a PostgreSQL server, in the order in which they are tried.</summary>
internal static class Providers
{
    public static async Task<IReadOnlyList<ProviderAnswer>> FindAsync(CancellationToken cancellationToken)
    {
        List<ProviderAnswer> answers = [.. await LocalPostgres.ProbeAsync(cancellationToken).ConfigureAwait(false)];
        if (!answers.Exists(answer => answer.Provider == "container"))
        {
            // The tool carries no Docker client; whether a daemon answers can be said without one.
            var docker = await DockerProbe.RunAsync(cancellationToken).ConfigureAwait(false);
            answers.Insert(1, new ProviderAnswer("container", docker.Usable, docker.Reason));
        }

        return answers;
    }

    /// <summary>The provider that a run would use, or null.</summary>
    public static ProviderAnswer? Chosen(IReadOnlyList<ProviderAnswer> answers) =>
        answers.FirstOrDefault(answer => answer.IsNamed || answer.Usable) is { Usable: true } chosen ? chosen : null;
}
