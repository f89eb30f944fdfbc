using FluentAssertions;
using FluentAssertions.Execution;
using FluentAssertions.Primitives;

namespace IntegrationKit;

/// <summary>Assertions about the requests a mock received in this test; a failure lists them.</summary>
public sealed class HttpMockAssertions : ReferenceTypeAssertions<HttpMock, HttpMockAssertions>
{
    internal HttpMockAssertions(HttpMock subject)
        : base(subject)
    {
    }

    /// <inheritdoc/>
    protected override string Identifier => "mock";

    /// <summary>The application sent such requests.</summary>
    /// <param name="method">For example <c>POST</c>.</param>
    /// <param name="path">The path, without the query.</param>
    /// <param name="times">How many; at least one where nothing is said.</param>
    /// <param name="because">Why, for the failure message.</param>
    /// <param name="becauseArgs">Values for the placeholders in <paramref name="because"/>.</param>
    public AndConstraint<HttpMockAssertions> HaveReceived(
        string method, string path, int? times = null, string because = "", params object[] becauseArgs)
    {
        var count = Subject.Requests.Count(request => request.Path == path && request.Method.Equals(method, StringComparison.OrdinalIgnoreCase));
        Execute.Assertion.BecauseOf(because, becauseArgs).ForCondition(times is null ? count > 0 : count == times).FailWith(
            "Expected {0} to receive {1}{reason}, but it received {2}.", Plain.Of(Subject.Name),
            Plain.Of($"{method} {path}{(times is null ? "" : $" {times} times")}"), Plain.Of($"{count}{All()}"));
        return new AndConstraint<HttpMockAssertions>(this);
    }

    /// <summary>The application sent no request to the mock.</summary>
    public AndConstraint<HttpMockAssertions> HaveReceivedNothing(string because = "", params object[] becauseArgs)
    {
        var count = Subject.Requests.Count;
        Execute.Assertion.BecauseOf(because, becauseArgs).ForCondition(count == 0).FailWith(
            "Expected {0} to receive nothing{reason}, but it received {1}.", Plain.Of(Subject.Name), Plain.Of($"{count}{All()}"));
        return new AndConstraint<HttpMockAssertions>(this);
    }

    private string All() => Subject.Requests.Count == 0 ? "" : ":\n" + string.Join('\n', Subject.Requests.Select(request => $"  {request}"));
}
