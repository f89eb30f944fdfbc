using Npgsql;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("App")!));
var app = builder.Build();
app.MapPost("/notes", async (Note note, NpgsqlDataSource database) =>
{
    await using var insert = database.CreateCommand("INSERT INTO note (text) VALUES ($1)");
    insert.Parameters.AddWithValue(note.Text);
    await insert.ExecuteNonQueryAsync();
    return Results.Created("/notes", note);
});
app.MapGet("/never", () => "nobody calls this");
app.Run();

public sealed record Note(string Text);

public partial class Program;
