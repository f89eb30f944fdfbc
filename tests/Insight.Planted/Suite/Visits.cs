namespace Insight.Planted;

/// <summary>Who calls; the requests of one resource differ only in what they leave out.</summary>
internal sealed class Visits(HttpClient nobody, HttpClient reader, HttpClient clerk, string path)
{
    public async Task ReadAsync()
    {
        await ExpectAsync(nobody.GetAsync(path), 200);
        await ExpectAsync(nobody.GetAsync($"{path}/1"), 200);
    }

    public async Task MissAsync()
    {
        await ExpectAsync(nobody.GetAsync($"{path}/999"), 404);
        await ExpectAsync(clerk.PutAsJsonAsync($"{path}/999", new { name = "x" }), 404);
        await ExpectAsync(clerk.DeleteAsync($"{path}/999"), 404);
    }

    public async Task ChangeAsync()
    {
        await ExpectAsync(clerk.PostAsJsonAsync(path, new { name = "new" }), 201);
        await ExpectAsync(clerk.PutAsJsonAsync($"{path}/1", new { name = "x", note = "changed" }), 204);
        await ExpectAsync(reader.DeleteAsync($"{path}/2"), 204);
    }

    public async Task ClashAsync()
    {
        await ExpectAsync(clerk.PostAsJsonAsync(path, new { name = "twice" }), 201);
        await ExpectAsync(clerk.PostAsJsonAsync(path, new { name = "twice" }), 409);
    }

    public async Task RefuseBodyAsync()
    {
        await ExpectAsync(clerk.PostAsJsonAsync(path, new { name = "" }), 400);
        await ExpectAsync(clerk.PutAsJsonAsync($"{path}/1", new { name = "" }), 400);
    }

    public async Task RefuseNobodyAsync()
    {
        await ExpectAsync(nobody.PostAsJsonAsync(path, new { name = "x" }), 401);
        await ExpectAsync(nobody.PutAsJsonAsync($"{path}/1", new { name = "x" }), 401);
        await ExpectAsync(nobody.DeleteAsync($"{path}/1"), 401);
    }

    public async Task RefuseReaderAsync()
    {
        await ExpectAsync(reader.PostAsJsonAsync(path, new { name = "x" }), 403);
        await ExpectAsync(reader.PutAsJsonAsync($"{path}/1", new { name = "x" }), 403);
    }

    private static async Task ExpectAsync(Task<HttpResponseMessage> request, int status)
    {
        using var response = await request;
        Assert.Equal(status, (int)response.StatusCode);
    }
}
