using System.Net.Mail;
using System.Reflection;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Slices.Messaging;

public interface IMessage<TAnswer>;

public interface IHandle<in TMessage, TAnswer>
    where TMessage : IMessage<TAnswer>
{
    Task<TAnswer> HandleAsync(TMessage message, CancellationToken cancellationToken);
}

public interface IReject<in TMessage>
{
    string? Reason(TMessage message);
}

public sealed class RejectedException(string reason) : Exception(reason);

/// <summary>Finds the handler of a message; every message runs in one transaction, behind its validator.</summary>
public sealed class Sender(IServiceProvider services, UnitOfWork work)
{
    public async Task<TAnswer> SendAsync<TMessage, TAnswer>(TMessage message, CancellationToken cancellationToken)
        where TMessage : IMessage<TAnswer>
    {
        if (services.GetService<IReject<TMessage>>()?.Reason(message) is { } reason)
        {
            throw new RejectedException(reason);
        }

        await using var transaction = await work.BeginAsync(cancellationToken);
        var answer = await services.GetRequiredService<IHandle<TMessage, TAnswer>>().HandleAsync(message, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return answer;
    }
}

public sealed class UnitOfWork(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlConnection Connection { get; private set; } = null!;

    public async Task<NpgsqlTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        Connection = await source.OpenConnectionAsync(cancellationToken);
        return await Connection.BeginTransactionAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => Connection is null ? ValueTask.CompletedTask : Connection.DisposeAsync();
}

public sealed class Mailer(string host, int port)
{
    public async Task SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(host, port);
        using var message = new MailMessage("tickets@example.com", to, subject, text);
        await client.SendMailAsync(message, cancellationToken);
    }
}

internal sealed class RejectedHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not RejectedException)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = { Status = 422, Detail = exception.Message } });
    }
}

internal static class Registration
{
    public static void AddSender(this IServiceCollection services, Assembly assembly)
    {
        services.AddScoped<Sender>();
        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(contract => contract.IsGenericType
                && (contract.GetGenericTypeDefinition() == typeof(IHandle<,>) || contract.GetGenericTypeDefinition() == typeof(IReject<>))))
            {
                services.AddScoped(contract, type);
            }
        }
    }
}
