using IntegrationKit.Fixtures;
using IntegrationKit.Scoping;

namespace IntegrationKit.Support;

/// <summary>Plays the test framework's part for one fixture and one test: lease, body, release.</summary>
internal static class DrivenTest
{
    private static int count;

    public static TestScope NewScope()
    {
        var number = Interlocked.Increment(ref count);
        var scope = new TestScope($"driven-{number}@1", $"driven {number}");
        TestScopes.Add(scope);
        return scope;
    }

    public static Task<TestScope> RunAsync(IntegrationFixture fixture, Func<TestScope, Task> body) => Task.Run(async () =>
    {
        var scope = NewScope();
        TestScope.Current = scope;
        var lease = await fixture.BeginAsync(scope, CancellationToken.None);
        scope.Items[fixture] = lease;
        try
        {
            await body(scope);
            await lease.EndAsync(CancellationToken.None);
        }
        finally
        {
            scope.HasEnded = true;
            await lease.ReleaseAsync(discard: false);
        }

        return scope;
    });
}
