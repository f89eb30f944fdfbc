namespace IntegrationKit.Support;

internal class MinimalFixture : ApplicationFixture<Program>
{
    public MinimalFixture(params (string Key, string? Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            Setting(key, value);
        }
    }
}

internal sealed class KestrelFixture : MinimalFixture
{
    public KestrelFixture(params (string Key, string? Value)[] settings)
        : base(settings) => UseKestrel();
}

internal sealed class SignedInFixture : MinimalFixture
{
    public SignedInFixture() => UseIdentityProvider("Auth:Authority");
}
