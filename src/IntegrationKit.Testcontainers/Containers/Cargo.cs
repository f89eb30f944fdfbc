namespace IntegrationKit.Containers;

/// <summary>A folder that comes into a container through its tether before the program starts, or out of it when the program has been stopped.</summary>
// Folder: In the container.
// Archive: What it is filled with, in tar's format; null when it is to be brought out.
internal sealed record Cargo(string Folder, byte[]? Archive);
