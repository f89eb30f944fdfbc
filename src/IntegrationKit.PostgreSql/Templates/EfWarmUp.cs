using System.Collections;
using System.Collections.Concurrent;

namespace IntegrationKit.Templates;

/// <summary>
/// The first query through Entity Framework Core takes seconds of compiling, and all tests wait for it while the other
/// processors have nothing to do. A query that is translated but never sent, made while the server starts, takes most of
/// that away.
/// </summary>
internal static class EfWarmUp
{
    private static readonly ConcurrentDictionary<Type, byte> Done = new();

    /// <summary>Once per context and process, beside everything else. Does nothing with one processor. Never throws.</summary>
    public static void Begin(Type context)
    {
        if (Environment.ProcessorCount > 1 && Done.TryAdd(context, 0))
        {
            // Without the caller's execution context: what happens here belongs to no test.
            ThreadPool.UnsafeQueueUserWorkItem(Run, context, preferLocal: false);
        }
    }

    /// <summary>Translates the query on the calling thread. Never throws.</summary>
    public static void Run(Type context)
    {
        try
        {
            using var instance = (IDisposable)EfContexts.Create(context, "Host=127.0.0.1");
            Translate(instance, context);
        }
#pragma warning disable CA1031 // whatever is wrong with the context, the migration or the application will say it
        catch (Exception)
#pragma warning restore CA1031
        {
            // It was only to save time.
        }
    }

    /// <summary>The model is built for all entities; a query for one of them takes the same path as those for the others.</summary>
    private static void Translate(object instance, Type context)
    {
        var model = context.GetProperty("Model")!.GetValue(instance)!;
        var entities = (IEnumerable)EfContexts.Load("Microsoft.EntityFrameworkCore")
            .GetType("Microsoft.EntityFrameworkCore.Metadata.IReadOnlyModel", throwOnError: true)!.GetMethod("GetEntityTypes", [])!.Invoke(model, [])!;
        var entity = entities.Cast<object>().Select(type => (Type)type.GetType().GetProperty("ClrType")!.GetValue(type)!).First();
        var set = context.GetMethod("Set", [])!.MakeGenericMethod(entity).Invoke(instance, []);
        var one = new Func<IQueryable<object>, int, IQueryable<object>>(Queryable.Take).Method.GetGenericMethodDefinition().MakeGenericMethod(entity).Invoke(null, [set, 1]);
        EfContexts.Load("Microsoft.EntityFrameworkCore").GetType("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions", throwOnError: true)!
            .GetMethod("ToQueryString")!.Invoke(null, [one]);
    }
}
