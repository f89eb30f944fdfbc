namespace IntegrationKit.Servers;

/// <summary>No provider works here. With <see cref="WhenUnavailable.Skip"/> the tests are skipped, otherwise they fail.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064", Justification = "Users never catch it by type.")]
internal sealed class NoServerException(WhenUnavailable policy, string message) : Exception(message)
{
    public WhenUnavailable Policy { get; } = policy;
}
