using System.Reflection;
using Microsoft.AspNetCore.Authentication.Cookies;
using Npgsql;
using Slices.Messaging;

namespace Slices;

/// <summary>The style of many teams: controllers that only send messages, a handler and a validator per feature, cookies.</summary>
public sealed class Startup
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllers();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<RejectedHandler>();
        builder.Services.AddSender(Assembly.GetExecutingAssembly());
        builder.Services.AddSingleton(services => new NpgsqlDataSourceBuilder(services.GetRequiredService<IConfiguration>().GetConnectionString("Tickets"))
            .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>()).Build());
        builder.Services.AddScoped<UnitOfWork>();
        builder.Services.AddHttpClient<Features.Tickets.Directory>(client => client.BaseAddress = new Uri(builder.Configuration["Directory:Url"]!));
        builder.Services.AddSingleton(new Mailer(builder.Configuration["Smtp:Host"] ?? "localhost", builder.Configuration.GetValue("Smtp:Port", 25)));
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapControllers();
        app.Run();
    }
}
