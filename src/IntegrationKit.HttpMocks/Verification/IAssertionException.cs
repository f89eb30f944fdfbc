namespace IntegrationKit.Verification;

/// <summary>By this name, in any namespace, xUnit v3 knows that an exception is a failed assertion and not a crash.</summary>
internal interface IAssertionException;
