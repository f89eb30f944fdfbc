using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Parts;

/// <summary>
/// One condition of a request pattern: the method, the URL, a header, a piece of the body. A request matches when every part
/// does; near misses are explained part by part. Immutable, thread-safe.
/// </summary>
internal abstract class RequestPart
{
    /// <summary>What it is about, for messages: <c>method</c>, <c>path</c>, <c>header Accept</c>, <c>body</c>.</summary>
    public abstract string Label { get; }

    /// <summary>What it asks for, in a few words.</summary>
    public abstract string Expected { get; }

    /// <summary>How much a difference here speaks against the stub being the one that was meant.</summary>
    public virtual double Weight => 1;

    public abstract bool Matches(MockRequest request);

    /// <summary>0 matches, 1 has nothing in common.</summary>
    public virtual double Distance(MockRequest request) => Matches(request) ? 0 : 1;

    /// <summary>What differs, most telling first, without the label. Only called when it does not match.</summary>
    public abstract IEnumerable<string> Differences(MockRequest request);
}
