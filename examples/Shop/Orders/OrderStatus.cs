using System.Text.Json.Serialization;

namespace Shop.Orders;

/// <summary>Where an order stands. Stored and shown in lower case.</summary>
[JsonConverter(typeof(OrderStatusConverter))]
public enum OrderStatus
{
    /// <summary>Stock is reserved; the payment is still to come.</summary>
    Pending,

    Paid,

    /// <summary>Taken back by the customer; stock and money were returned.</summary>
    Cancelled,

    /// <summary>Not paid in time; stock was returned.</summary>
    Expired,
}

internal sealed class OrderStatusConverter() : JsonStringEnumConverter<OrderStatus>(System.Text.Json.JsonNamingPolicy.CamelCase);
