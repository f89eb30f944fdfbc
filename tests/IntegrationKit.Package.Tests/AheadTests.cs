using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace IntegrationKit.Package.Tests;

/// <summary>Users' test processes run what the packages carry compiled, and nobody else notices.</summary>
public sealed class AheadTests(PackageFeed feed)
{
    private const string Runtime = "linux-x64";

    [Fact]
    public void Every_library_has_an_image_of_the_same_build()
    {
        Assert.SkipWhen(feed.PackedPlain is not null, feed.PackedPlain ?? "");
        var libraries = 0;
        foreach (var package in Directory.GetFiles(feed.Folder, "*.nupkg"))
        {
            using var content = ZipFile.OpenRead(package);
            foreach (var library in content.Entries.Where(IsLibrary))
            {
                libraries++;
                var image = content.GetEntry($"runtimes/{Runtime}/{library.FullName}");
                image.Should().NotBeNull($"{package} has {library.FullName}");
                var portable = Read(library);
                portable.Compiled.Should().BeFalse();
                Read(image!).Should().Be((portable.Build, true));
            }
        }

        libraries.Should().Be(10);
    }

    [Theory]
    [InlineData("3.2.2")]
    [InlineData("4.0.2")]
    public async Task A_test_project_runs_the_image_of_its_platform(string xunit)
    {
        Assert.SkipWhen(feed.PackedPlain is not null, feed.PackedPlain ?? "");
        Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier == Runtime, $"The packages have an image for {Runtime}, this is {RuntimeInformation.RuntimeIdentifier}.");
        using var sandbox = Sandbox.Of("Ahead", feed, xunit);

        var run = await sandbox.DotnetAsync("run");

        run.ExitCode.Should().Be(0, run.Output);
        run.Output.Should().Contain("Total: 3, Errors: 0, Failed: 0, Skipped: 0");
    }

    private static bool IsLibrary(ZipArchiveEntry entry) =>
        entry.FullName.StartsWith("lib/", StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal);

    private static (Guid Build, bool Compiled) Read(ZipArchiveEntry entry)
    {
        var content = new MemoryStream();
        using (var compressed = entry.Open())
        {
            compressed.CopyTo(content);
        }

        content.Position = 0;
        using var reader = new PEReader(content);
        var metadata = reader.GetMetadataReader();
        return (metadata.GetGuid(metadata.GetModuleDefinition().Mvid), reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }
}
