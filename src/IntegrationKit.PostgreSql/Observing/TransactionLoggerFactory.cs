using Microsoft.Extensions.Logging;

namespace IntegrationKit.Observing;

/// <summary>Lets the data source that tests use report its transactions too.</summary>
internal sealed class TransactionLoggerFactory : ILoggerFactory
{
    private readonly TransactionLoggerProvider provider = new();

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This factory has its one provider.");

    public ILogger CreateLogger(string categoryName) => provider.CreateLogger(categoryName);

    public void Dispose() => provider.Dispose();
}
