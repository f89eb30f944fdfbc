using Dapper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Slices.Messaging;

namespace Slices.Features.Tickets;

public sealed record Ticket(int Id, string Title, string OpenedBy, bool Closed);

public sealed record OpenTicket(string Title, string By) : IMessage<Ticket>;

public sealed record CloseTicket(int Id) : IMessage<bool>;

public sealed record ListTickets : IMessage<IReadOnlyList<Ticket>>;

internal sealed class OpenTicketRejects : IReject<OpenTicket>
{
    public string? Reason(OpenTicket message) => string.IsNullOrWhiteSpace(message.Title) ? "A ticket needs a title." : null;
}

internal sealed class OpenTicketHandler(UnitOfWork work, Directory directory, Mailer mailer) : IHandle<OpenTicket, Ticket>
{
    public async Task<Ticket> HandleAsync(OpenTicket message, CancellationToken cancellationToken)
    {
        var id = await work.Connection.ExecuteScalarAsync<int>("insert into tickets (title, opened_by) values (@Title, @By) returning id", message);
        var address = await directory.AddressOfAsync(message.By, cancellationToken);
        await mailer.SendAsync(address, $"Ticket {id}", message.Title, cancellationToken);
        return new Ticket(id, message.Title, message.By, false);
    }
}

internal sealed class CloseTicketHandler(UnitOfWork work) : IHandle<CloseTicket, bool>
{
    public async Task<bool> HandleAsync(CloseTicket message, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync("update tickets set closed = true where id = @Id", message) == 1;
}

internal sealed class ListTicketsHandler(UnitOfWork work) : IHandle<ListTickets, IReadOnlyList<Ticket>>
{
    public async Task<IReadOnlyList<Ticket>> HandleAsync(ListTickets message, CancellationToken cancellationToken) =>
        [.. await work.Connection.QueryAsync<Ticket>("select id, title, opened_by as OpenedBy, closed from tickets order by id")];
}

/// <summary>Who has which address: another service.</summary>
public sealed class Directory(HttpClient client)
{
    public Task<string> AddressOfAsync(string person, CancellationToken cancellationToken) => client.GetStringAsync($"/people/{person}/mail", cancellationToken);
}

public sealed record NewTicket(string Title);

[ApiController, Route("tickets"), Authorize]
public sealed class TicketsController(Sender sender) : ControllerBase
{
    [HttpGet, ProducesResponseType<IReadOnlyList<Ticket>>(200)]
    public Task<IReadOnlyList<Ticket>> List(CancellationToken cancellationToken) =>
        sender.SendAsync<ListTickets, IReadOnlyList<Ticket>>(new ListTickets(), cancellationToken);

    [HttpPost, ProducesResponseType<Ticket>(201), ProducesResponseType(422)]
    public async Task<IActionResult> Open(NewTicket ticket, CancellationToken cancellationToken) =>
        StatusCode(201, await sender.SendAsync<OpenTicket, Ticket>(new OpenTicket(ticket.Title, User.Identity!.Name!), cancellationToken));

    [HttpPost("{id:int}/closing"), Authorize(Roles = "agent"), ProducesResponseType(204), ProducesResponseType(404)]
    public async Task<IActionResult> Close(int id, CancellationToken cancellationToken) =>
        await sender.SendAsync<CloseTicket, bool>(new CloseTicket(id), cancellationToken) ? NoContent() : NotFound();
}
