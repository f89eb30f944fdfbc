namespace IntegrationKit.Databases;

/// <summary>Skips the running test: xUnit v3 recognises the beginning of the message.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064", Justification = "Users never catch it by type.")]
internal sealed class TestSkippedException(string reason) : Exception("$XunitDynamicSkip$" + reason);
