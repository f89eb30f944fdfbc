namespace Shop.Payments;

/// <summary>What came of asking the payment provider.</summary>
public abstract record PaymentOutcome
{
    public sealed record Accepted(string Id) : PaymentOutcome;

    public sealed record Declined(string Reason) : PaymentOutcome;

    public sealed record Unavailable : PaymentOutcome;

    public sealed record TimedOut : PaymentOutcome;
}
