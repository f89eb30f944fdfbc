using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Hosting;

internal static class Authentication
{
    /// <summary>Bearer tokens of the configured authority; roles come in the "role" claim.</summary>
    public static void AddShopAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            var auth = configuration.GetRequiredSection("Auth");
            options.Authority = auth["Authority"];
            options.Audience = auth["Audience"];
            options.RequireHttpsMetadata = auth.GetValue("RequireHttpsMetadata", true);
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters { NameClaimType = "sub", RoleClaimType = "role" };
        });
        services.AddAuthorizationBuilder().AddPolicy(Policies.Admin, policy => policy.RequireRole(Policies.Admin));
    }
}
