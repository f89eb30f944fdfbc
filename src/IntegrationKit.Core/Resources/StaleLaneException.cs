namespace IntegrationKit.Resources;

/// <summary>A resource cannot be cleaned without the others of its lane: the lane is thrown away and a new one is made.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064", Justification = "Caught by the lane pool; users never see it.")]
internal sealed class StaleLaneException(string message) : Exception(message);
