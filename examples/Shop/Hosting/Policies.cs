using System.Security.Claims;

namespace Shop.Hosting;

/// <summary>Names of the authorization policies.</summary>
internal static class Policies
{
    public const string Admin = "admin";
}

internal static class Users
{
    extension(ClaimsPrincipal user)
    {
        /// <summary>The subject of the token: owner of the caller's orders.</summary>
        public string UserId => user.FindFirstValue("sub") ?? throw new InvalidOperationException("The token has no subject.");

        public bool IsAdmin => user.IsInRole(Policies.Admin);
    }
}
