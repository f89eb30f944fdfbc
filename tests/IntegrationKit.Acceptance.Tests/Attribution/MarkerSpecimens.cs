using Xunit.v3;

[assembly: AssemblyFixture(typeof(IntegrationKit.Acceptance.Tests.Attribution.MarkerFixture))]

namespace IntegrationKit.Acceptance.Tests.Attribution;

public sealed class MarkerFixture : ApplicationFixture<Program>
{
    public MarkerFixture()
    {
        Database = UsePostgres("markers", o => o.ConnectionString("ConnectionStrings:Markers").MigrateFromFiles("Attribution/markers.sql"));
        Downstream = UseHttpMock("downstream", o => o.BaseAddress("Downstream:BaseUrl"));
    }

    public PostgresDatabase Database { get; }

    public HttpMock Downstream { get; }
}

/// <summary>Run in a child process by <see cref="AttributionTests"/>; left out of the ordinary run by its trait.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpecimenAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Kind", "Specimen")];
}

/// <summary>Every test plants its own marker several times over, while seven others do the same.</summary>
public abstract class MarkerSpecimen(MarkerFixture fixture)
{
    public static TheoryData<Guid> Markers => [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid())];

    [Theory(Explicit = true, DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Markers))]
    public async Task Plants_its_marker(Guid marker)
    {
        fixture.Downstream.Get($"/echo/{marker:N}").ReplyText(200, marker.ToString("N"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.Client.GetStringAsync($"/mark/{marker}")));

        answers.Should().OnlyContain(answer => answer == marker.ToString("N"));
        (await fixture.Database.CountAsync("mark")).Should().Be(5);
        (await fixture.Database.CountAsync("mark", "text = $1", marker.ToString("N"))).Should().Be(5);
    }
}

[Specimen]
public sealed class MarkerSpecimen1(MarkerFixture fixture) : MarkerSpecimen(fixture);

[Specimen]
public sealed class MarkerSpecimen2(MarkerFixture fixture) : MarkerSpecimen(fixture);

[Specimen]
public sealed class MarkerSpecimen3(MarkerFixture fixture) : MarkerSpecimen(fixture);

[Specimen]
public sealed class MarkerSpecimen4(MarkerFixture fixture) : MarkerSpecimen(fixture);

[Specimen]
public sealed class MarkerSpecimen5(MarkerFixture fixture) : MarkerSpecimen(fixture);

[Specimen]
public sealed class MarkerSpecimen6(MarkerFixture fixture) : MarkerSpecimen(fixture);

[Specimen]
public sealed class MarkerSpecimen7(MarkerFixture fixture) : MarkerSpecimen(fixture);

[Specimen]
public sealed class MarkerSpecimen8(MarkerFixture fixture) : MarkerSpecimen(fixture);
