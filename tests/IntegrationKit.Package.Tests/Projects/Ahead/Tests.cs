using System.Reflection.PortableExecutable;
using System.Runtime;
using IntegrationKit;
using Xunit;

public sealed class Tests
{
    private static readonly string Loaded = typeof(IntegrationFixture).Assembly.Location;

    [Fact]
    public void The_image_of_this_platform_is_loaded() => Assert.EndsWith("/runtimes/linux-x64/lib/net10.0/IntegrationKit.Xunit.dll", Loaded);

    [Fact]
    public void It_is_compiled()
    {
        using var reader = new PEReader(File.OpenRead(Loaded));
        Assert.NotEqual(0, reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    [Fact]
    public void What_is_compiled_is_not_compiled_again()
    {
        var before = JitInfo.GetCompiledMethodCount(currentThread: true);
        var workflow = new WorkflowAttribute("never used before");
        var after = JitInfo.GetCompiledMethodCount(currentThread: true);

        Assert.Equal("never used before", workflow.Name);
        Assert.Equal(before, after);
    }
}
