using IntegrationKit.Verification;

namespace IntegrationKit;

/// <summary>
/// The traffic at a mock was not what the test declared: a request no stub matched, a stub nobody called, a wrong number or
/// order of calls. Fails the test as an assertion does.
/// </summary>
public sealed class MockVerificationException : Exception, IAssertionException
{
    internal MockVerificationException(string message)
        : base(message)
    {
    }
}
