using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IntegrationKit.Identity;

/// <summary>
/// The bearer handler refuses an authority without TLS unless told otherwise. The provider is on loopback, so it is told;
/// by reflection, because the handler is a package that only the application references.
/// </summary>
internal static class JwtBearerPatch
{
    private const string OptionsName = "Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerOptions";
    private static readonly MethodInfo ConfigureAll = typeof(JwtBearerPatch)
        .GetMethod(nameof(ConfigureAllOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void AllowLoopbackAuthority(IServiceCollection services)
    {
        foreach (var optionsType in services.Select(service => ConfiguredType(service.ServiceType)).OfType<Type>().Distinct().ToList())
        {
            ConfigureAll.MakeGenericMethod(optionsType).Invoke(null, [services]);
        }
    }

    private static Type? ConfiguredType(Type service) =>
        service.IsGenericType && service.GetGenericArguments() is [{ FullName: OptionsName } options]
            && service.GetGenericTypeDefinition() is var open
            && (open == typeof(IConfigureOptions<>) || open == typeof(IPostConfigureOptions<>))
            ? options
            : null;

    private static void ConfigureAllOf<TOptions>(IServiceCollection services)
        where TOptions : class
    {
        var https = typeof(TOptions).GetProperty("RequireHttpsMetadata");
        services.ConfigureAll<TOptions>(options => https?.SetValue(options, false));
    }
}
