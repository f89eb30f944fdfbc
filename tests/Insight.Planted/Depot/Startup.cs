using Microsoft.AspNetCore.Authentication.JwtBearer;
using Npgsql;

namespace Depot;

/// <summary>The older style: a startup class, controllers and Dapper.</summary>
public sealed class Startup(IConfiguration configuration)
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddControllers();
        services.AddSingleton(provider => new NpgsqlDataSourceBuilder(configuration.GetConnectionString("Depot"))
            .UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>()).Build());
        services.AddHttpClient("carrier", client =>
        {
            client.BaseAddress = new Uri(configuration["Carrier:Url"]!);
            client.Timeout = TimeSpan.FromMilliseconds(1500);
        });
        services.AddHttpClient("pricing", client => client.BaseAddress = new Uri(configuration["Pricing:Url"]!));
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = configuration["Auth:Authority"];
            options.Audience = "api";
        });
        services.AddAuthorization();
    }

    public void Configure(IApplicationBuilder app)
    {
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseEndpoints(endpoints => endpoints.MapControllers());
    }
}

public static class EntryPoint
{
    public static void Main(string[] args) => CreateHostBuilder(args).Build().Run();

    public static IHostBuilder CreateHostBuilder(string[] args) =>
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>());
}
