using System.Reflection;

namespace IntegrationKit.Templates;

/// <summary>Makes a DbContext for a connection string without a reference to Entity Framework Core.</summary>
internal static class EfContexts
{
    public static object Create(Type context, string connectionString)
    {
        var options = Options(context, connectionString);
        var constructor = context.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .OrderBy(candidate => candidate.GetParameters().Length)
            .FirstOrDefault(candidate => candidate.GetParameters() is [{ } first, ..] parameters
                && first.ParameterType.IsInstanceOfType(options)
                && parameters[1..].All(parameter => parameter.HasDefaultValue))
            ?? throw new DatabaseSetupException(
                $"MigrateWith<{context.Name}>() needs a constructor {context.Name}(DbContextOptions<{context.Name}> options). "
                + "If the context is made in another way, use MigrateWith((connectionString, token) => …).");
        return constructor.Invoke([options, .. constructor.GetParameters()[1..].Select(parameter => parameter.DefaultValue)]);
    }

    public static Assembly Load(string name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            throw new DatabaseSetupException(
                $"MigrateWith<TDbContext>() needs {name} in the test's output folder; reference the package in the project of the context.", exception);
        }
    }

    private static object Options(Type context, string connectionString)
    {
        var core = Load("Microsoft.EntityFrameworkCore");
        var builderType = core.GetType("Microsoft.EntityFrameworkCore.DbContextOptionsBuilder`1", throwOnError: true)!;
        if (!core.GetType("Microsoft.EntityFrameworkCore.DbContext", throwOnError: true)!.IsAssignableFrom(context))
        {
            throw new DatabaseSetupException($"MigrateWith<{context.Name}>(): {context.FullName} is not a DbContext.");
        }

        var builder = Activator.CreateInstance(builderType.MakeGenericType(context))!;
        var extensions = Load("Npgsql.EntityFrameworkCore.PostgreSQL")
            .GetType("Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions", throwOnError: true)!;
        var use = extensions.GetMethods(BindingFlags.Public | BindingFlags.Static).First(method =>
            method is { Name: "UseNpgsql", IsGenericMethodDefinition: false }
            && method.GetParameters() is [_, { ParameterType: var second }, _] && second == typeof(string));
        use.Invoke(null, [builder, connectionString, null]);
        return builder.GetType().GetProperties().First(property => property.Name == "Options" && property.DeclaringType == builder.GetType()).GetValue(builder)!;
    }
}
