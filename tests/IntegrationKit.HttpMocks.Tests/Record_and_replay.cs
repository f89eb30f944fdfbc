using System.Net;
using System.Net.Http.Json;
using IntegrationKit.HttpMocks.Tests.Support;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Record_and_replay
{
    [Fact]
    public async Task What_was_recorded_answers_when_the_service_is_gone()
    {
        var folder = Directory.CreateTempSubdirectory("ik-rec-");
        var upstream = await MockHarness.StartAsync();
        await upstream.BeginAsync();
        upstream.Mock.Get("/rates").WithQuery("base", "EUR").Reply(200, new { usd = 1.1, token = "tok-123456" }).ReplyHeader("Set-Cookie", "session=abc").Optional();
        upstream.Mock.Post("/orders").WithJson(new { sku = "A1" }).Reply(201, new { id = 7 }).Optional();
        await using (var recording = await MockHarness.StartAsync(o => o.Mappings(folder.FullName).Record(RecordMode.Missing, upstream.Mock.Url)))
        {
            var test = await recording.BeginAsync();
            await ExerciseAsync(test);
            await test.VerifyAsync();
        }

        await upstream.DisposeAsync();
        await using var replaying = await MockHarness.StartAsync(o => o.Mappings(folder.FullName));
        var replayed = await replaying.BeginAsync();

        await ExerciseAsync(replayed);
        await replayed.VerifyAsync();

        var files = folder.GetFiles("*.json");
        files.Should().HaveCount(2);
        files.Select(file => file.Name).Should().Contain(name => name.StartsWith("get-rates-")).And.Contain(name => name.StartsWith("post-orders-"));
        string.Concat(files.Select(file => File.ReadAllText(file.FullName))).Should().NotContain("tok-123456").And.NotContain("session=abc").And.NotContain("s3cret");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Recording_again_changes_no_file()
    {
        var folder = Directory.CreateTempSubdirectory("ik-rec-");
        await using var upstream = await MockHarness.StartAsync();
        await upstream.BeginAsync();
        upstream.Mock.Get("/rates").Reply(200, new { usd = 1.1 });
        for (var round = 0; round < 2; round++)
        {
            await using var recording = await MockHarness.StartAsync(o => o.Mappings(folder.FullName).Record(RecordMode.All, upstream.Mock.Url));
            using var client = (await recording.BeginAsync()).Client();
            (await client.GetStringAsync("/rates")).Should().Be("""{"usd":1.1}""");
        }

        folder.GetFiles("*.json").Should().ContainSingle();
        folder.Delete(recursive: true);
    }

    private static async Task ExerciseAsync(PlayedTest test)
    {
        using var client = test.Client();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer s3cret-value");
        (await client.GetFromJsonAsync<Dictionary<string, object>>("/rates?base=EUR&api_key=s3cret"))!["usd"].ToString().Should().Be("1.1");
        using var created = await client.PostAsJsonAsync("/orders", new { sku = "A1" });
        created.StatusCode.Should().Be(HttpStatusCode.Created);
    }
}
