using System.CommandLine;
using IntegrationKit.Comparing;
using IntegrationKit.Containers;
using IntegrationKit.Local;

namespace IntegrationKit.Doctor;

/// <summary>
/// <c>integrationkit doctor</c>: where a PostgreSQL would come from here and why, what is cached, what dead runs left.
/// Exit code 1 when no server can be had, or when leftovers were found and not removed.
/// </summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan Unused = TimeSpan.FromDays(7);

    public static System.CommandLine.Command Create()
    {
        var prune = new Option<bool>("--prune") { Description = "Remove what dead runs left, kept databases, and caches of other versions or not used for a week." };
        var all = new Option<bool>("--all") { Description = "With --prune: remove all caches." };
        var command = new System.CommandLine.Command("doctor", "Says where a PostgreSQL would come from and why, what is cached and what dead runs left. Exit code 1 when no server can be had or something was left.") { prune, all };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Prescription(parsed.GetValue(prune), parsed.GetValue(all)), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Prescription wanted, TextWriter output, CancellationToken cancellationToken)
    {
        var docker = await DockerSearch.OnceAsync().ConfigureAwait(false);
        var providers = await Providers.FindAsync(docker, cancellationToken).ConfigureAwait(false);
        DoctorText.Providers(output, providers);
        DoctorText.Caches(output, LocalPostgres.Caches());
        DoctorText.Lines(output, "Cached by other versions", LocalPostgres.Unreadable());
        DoctorText.Lines(output, "Kept databases of failed tests (their servers go on for a day)", LocalPostgres.Kept());
        var containers = await OwnedContainers.FindAsync(docker.Engine, cancellationToken).ConfigureAwait(false);
        DoctorText.Lines(output, "Containers of runs", [.. containers.Select(container => container.Text)]);
        var leftovers = LocalPostgres.FindLeftovers();
        DoctorText.Lines(output, "Left by dead runs", leftovers);
        var left = leftovers.Count + containers.Count(container => container.IsOrphan);
        if (wanted.Prune)
        {
            var removed = docker.Engine is { } engine ? await Orphans.SweepAsync(engine).ConfigureAwait(false) : [];
            DoctorText.Lines(output, "Removed", [.. LocalPostgres.Prune(wanted.All ? TimeSpan.Zero : Unused), .. removed.Select(id => $"container {id[..12]}")]);
            left = LocalPostgres.FindLeftovers().Count;
        }
        else if (left > 0)
        {
            await output.WriteLineAsync("\nThe next start removes what dead runs left, or 'integrationkit doctor --prune' does.").ConfigureAwait(false);
        }

        return (Providers.Chosen(providers) ?? Providers.WithPackage(providers)) is not null && left == 0 ? Gates.Passed : Gates.Failed;
    }

    private sealed record Prescription(bool Prune, bool All);
}
