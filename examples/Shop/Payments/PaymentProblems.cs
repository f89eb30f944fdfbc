using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Payments;

internal static class PaymentProblems
{
    /// <summary>The answer to a customer whose payment did not go through.</summary>
    public static ProblemHttpResult ToProblem(this PaymentOutcome outcome) => outcome switch
    {
        PaymentOutcome.Declined declined => TypedResults.Problem($"The payment was declined: {declined.Reason}.", statusCode: 402),
        PaymentOutcome.TimedOut => TypedResults.Problem("The payment provider did not answer in time.", statusCode: 504),
        _ => TypedResults.Problem("The payment provider is not available. Try again later.", statusCode: 503),
    };
}
