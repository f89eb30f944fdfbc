using System.Reflection;

namespace IntegrationKit.Acceptance.Tests;

/// <summary>The direction of dependencies, read from the built assemblies.</summary>
public sealed class DependencyGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Reporting"] = ["Core"],
        ["Xunit"] = ["Core", "Reporting"],
        ["PostgreSql"] = ["Core", "Reporting", "Xunit"],
        ["HttpMocks"] = ["Core", "Reporting", "Xunit"],
        ["AspNetCore"] = ["Core", "Reporting", "Xunit", "PostgreSql", "HttpMocks"],
        ["FluentAssertions"] = ["Core", "Reporting", "Xunit", "PostgreSql", "HttpMocks", "AspNetCore"],
        ["Respawn"] = ["Core", "Reporting", "Xunit", "PostgreSql"],
        ["Testcontainers"] = ["Core", "Reporting", "Xunit", "PostgreSql"],
    };

    public static TheoryData<string> Packages => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_references_only_what_lies_below_it(string package)
    {
        var references = References(package).Where(name => name.StartsWith("IntegrationKit.", StringComparison.Ordinal));

        references.Should().BeSubsetOf(Allowed[package].Select(name => "IntegrationKit." + name));
    }

    [Theory]
    [InlineData("Core")]
    [InlineData("Reporting")]
    public void The_lower_packages_know_nothing_but_the_base_library(string package) =>
        References(package).Should().OnlyContain(name =>
            name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32", StringComparison.Ordinal) || name == "IntegrationKit.Core");

    [Theory]
    [InlineData("PostgreSql", "Microsoft.AspNetCore")]
    [InlineData("PostgreSql", "Docker.DotNet")]
    [InlineData("PostgreSql", "Testcontainers")]
    [InlineData("HttpMocks", "Npgsql")]
    [InlineData("HttpMocks", "Newtonsoft.Json")]
    [InlineData("AspNetCore", "Microsoft.EntityFrameworkCore")]
    [InlineData("Xunit", "Microsoft.Testing.Platform")]
    [InlineData("Xunit", "Microsoft.AspNetCore")]
    public void A_package_keeps_clear_of(string package, string library) =>
        References(package).Should().NotContain(name => name.StartsWith(library, StringComparison.Ordinal));

    private static IEnumerable<string> References(string package) =>
        Assembly.Load("IntegrationKit." + package).GetReferencedAssemblies().Select(reference => reference.Name!);
}
