using IntegrationKit.Journal;

namespace IntegrationKit.Facts;

/// <summary>An endpoint with every answer it gave, by status and kind of caller.</summary>
internal sealed class EndpointFacts(string point, string method, string route)
{
    public string Point { get; } = point;
    public string Method { get; } = method;
    public string Route { get; } = route;
    public string Title => $"{Method} {Route}";
    public EndpointDeclared? Declaration { get; set; }
    public Tally Requests { get; } = new();
    public SortedDictionary<(int Status, bool Authenticated), Tally> Answers { get; } = [];
    /// <summary>Declared query parameters that a request carried, and <c>name=value</c> for those with a closed set of values.</summary>
    public HashSet<string> QuerySent { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<int, (Tally Tally, string Exception)> Exceptions { get; } = [];
    public SortedDictionary<string, (Tally Tally, int Most)> RepeatedQueries { get; } = new(StringComparer.Ordinal);

    public bool NeedsAuthorization => Declaration is { RequiresAuthorization: true, AllowsAnonymous: false };

    public IEnumerable<int> Statuses => Answers.Keys.Select(k => k.Status).Distinct();

    public bool Saw(Func<int, bool, bool> statusAndAuthenticated) => Answers.Keys.Any(k => statusAndAuthenticated(k.Status, k.Authenticated));
}
