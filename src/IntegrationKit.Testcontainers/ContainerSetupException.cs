namespace IntegrationKit;

/// <summary>
/// A container could not be started: no container engine answers, the image is not there and cannot be pulled, or its
/// program ended. The message names the image, says what was tried, and holds the container's last lines.
/// </summary>
public sealed class ContainerSetupException : Exception
{
    internal ContainerSetupException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
