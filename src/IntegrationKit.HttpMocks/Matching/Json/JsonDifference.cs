namespace IntegrationKit.Matching.Json;

/// <summary>One place where two JSON values differ.</summary>
/// <param name="Path">JSON path of the place, for example <c>$.lines[1].quantity</c>.</param>
/// <param name="Problem">For example <c>expected 2, was 3</c>.</param>
internal readonly record struct JsonDifference(string Path, string Problem)
{
    public override string ToString() => $"{Path}: {Problem}";
}
