using Npgsql;

namespace IntegrationKit.Resets;

/// <summary>
/// Proves what the reset promises, now and then: every table that was empty is empty, and seeded rows, views, definitions
/// and sequences are those of the template. A difference is a defect of the reset, so it is reported and the database cloned
/// anew.
/// </summary>
internal sealed class LeakCheck
{
    private int resets;

    /// <summary>True after the first, second, fourth … reset and after each hundredth: soon for short runs, rare for long ones.</summary>
    public bool IsDue(bool always)
    {
        resets++;
        return always || resets % 100 == 0 || (resets < 100 && int.IsPow2(resets));
    }

    /// <returns>What differs from the baseline; empty when nothing does.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(NpgsqlConnection connection, Baseline expected, CancellationToken cancellationToken)
    {
        List<string> differences = [];
        var state = await PortableBaseline.StateAsync(connection, expected, cancellationToken).ConfigureAwait(false);
        differences.AddRange(expected.Empty.Zip(state.Filled).Where(pair => pair.Second).Select(pair => $"{pair.First.Plain} has rows"));
        if (expected.Fingerprint is { } fingerprint && fingerprint != state.Fingerprint)
        {
            differences.Add("seeded rows, views or definitions are not those of the template");
        }

        var sequences = await Baseline.ReadSequencesAsync(connection, [.. expected.Sequences.Select(position => position.Sequence)], cancellationToken).ConfigureAwait(false);
        differences.AddRange(expected.Sequences.Except(sequences).Select(position => $"{position.Sequence.Plain} is not at its position"));
        return differences;
    }
}
