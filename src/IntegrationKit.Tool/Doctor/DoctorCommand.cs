using System.CommandLine;
using IntegrationKit.Comparing;
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
        var prune = new Option<bool>("--prune") { Description = "Remove what dead runs left, kept databases, and caches that were not used for a week." };
        var all = new Option<bool>("--all") { Description = "With --prune: remove all caches." };
        var command = new System.CommandLine.Command("doctor", "Says where a PostgreSQL would come from and why, what is cached and what dead runs left. Exit code 1 when no server can be had or something was left.") { prune, all };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Prescription(parsed.GetValue(prune), parsed.GetValue(all)), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Prescription wanted, TextWriter output, CancellationToken cancellationToken)
    {
        var providers = await Providers.FindAsync(cancellationToken).ConfigureAwait(false);
        DoctorText.Providers(output, providers);
        DoctorText.Caches(output, LocalPostgres.Caches());
        DoctorText.Folders(output, "Kept databases of failed tests (their servers go on for a day)", LocalPostgres.Kept());
        var leftovers = LocalPostgres.FindLeftovers();
        DoctorText.Folders(output, "Left by dead runs", leftovers);
        if (wanted.Prune)
        {
            var removed = LocalPostgres.Prune(wanted.All ? TimeSpan.Zero : Unused);
            DoctorText.Folders(output, "Removed", removed);
            leftovers = LocalPostgres.FindLeftovers();
        }
        else if (leftovers.Count > 0)
        {
            await output.WriteLineAsync("\nThe next start removes them, or 'integrationkit doctor --prune' does.").ConfigureAwait(false);
        }

        return Providers.Chosen(providers) is not null && leftovers.Count == 0 ? Gates.Passed : Gates.Failed;
    }

    private sealed record Prescription(bool Prune, bool All);
}
