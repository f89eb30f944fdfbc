namespace IntegrationKit;

/// <summary>What the tokens of the test identity provider look like; make it resemble the real provider's.</summary>
public sealed class IdentityProviderOptions
{
    /// <summary>The <c>aud</c> claim. Default: <c>api</c>.</summary>
    public string Audience { get; set; } = "api";

    /// <summary>The claim that carries roles: <c>role</c> (default), <c>roles</c>, or a full claim type.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>How long tokens are valid. Default: one hour.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The clock of the tokens. Default: the system's.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>A further configuration key that receives the audience, when the application reads it from there.</summary>
    public string? AudienceSetting { get; set; }
}
