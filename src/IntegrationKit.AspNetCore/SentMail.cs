namespace IntegrationKit;

/// <summary>A message the application handed to its mail server.</summary>
/// <param name="From">The sender of the envelope, for example <c>shop@example.com</c>.</param>
/// <param name="To">Every recipient of the envelope, blind copies included, in the order they were named.</param>
/// <param name="Subject">The subject, decoded; empty when there is none.</param>
/// <param name="Text">The text body, decoded; of a message in parts the first text part.</param>
/// <param name="Raw">The whole message as it was sent.</param>
public sealed record SentMail(string From, IReadOnlyList<string> To, string Subject, string Text, string Raw);
