namespace IntegrationKit.Local;

/// <summary>
/// PostgreSQL refuses to run as root. Root therefore starts it in a user namespace, where it has no rights and files keep
/// their owner; where namespaces are forbidden (default containers), as the user postgres or nobody.
/// </summary>
// Prefix: Words before the program.
// Owner: User and group that must own the data, or null when ownership stays.
// Problem: Why it cannot be done here, or null.
internal sealed record Unprivileged(IReadOnlyList<string> Prefix, string? Owner, string? Problem)
{
    public static async Task<Unprivileged> FindAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new Unprivileged([], null, null);
        }

        if ((await Command.RunAsync("unshare", ["-U", "true"], cancellationToken: cancellationToken).ConfigureAwait(false)).ExitCode == 0)
        {
            return new Unprivileged(["unshare", "-U"], null, null);
        }

        foreach (var user in new[] { "postgres", "nobody" })
        {
            var ids = await Command.RunAsync("id", ["-u", user], cancellationToken: cancellationToken).ConfigureAwait(false);
            var group = await Command.RunAsync("id", ["-g", user], cancellationToken: cancellationToken).ConfigureAwait(false);
            if (ids.ExitCode != 0 || group.ExitCode != 0)
            {
                continue;
            }

            string[] prefix = ["setpriv", $"--reuid={ids.Output.Trim()}", $"--regid={group.Output.Trim()}", "--clear-groups"];
            if ((await Command.RunAsync(prefix[0], [.. prefix[1..], "true"], cancellationToken: cancellationToken).ConfigureAwait(false)).ExitCode == 0)
            {
                return new Unprivileged(prefix, $"{ids.Output.Trim()}:{group.Output.Trim()}", null);
            }
        }

        return new Unprivileged([], null,
            "the tests run as root, which PostgreSQL refuses, and neither 'unshare -U' nor 'setpriv' works here; run the tests as another user or install util-linux");
    }
}
