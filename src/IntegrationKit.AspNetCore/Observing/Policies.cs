using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace IntegrationKit.Observing;

/// <summary>The policy in force at an endpoint, put together as the authorisation middleware does it.</summary>
internal sealed class Policies(IAuthorizationPolicyProvider? provider, AuthorizationPolicy? fallback)
{
    /// <summary>Null when everybody may call the endpoint.</summary>
    public AuthorizationPolicy? Of(Endpoint endpoint)
    {
        var data = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        var direct = endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>();
        if (data.Count == 0 && direct.Count == 0)
        {
            return provider is null ? null : fallback;
        }

        return provider is null ? null : Wait(AuthorizationPolicy.CombineAsync(provider, data, direct));
    }

    /// <summary>Policy providers answer from memory; the inventory is read once, outside of every test's context.</summary>
    public static AuthorizationPolicy? Wait(Task<AuthorizationPolicy?> policy) => policy.GetAwaiter().GetResult();
}
