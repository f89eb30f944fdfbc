using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Data;

namespace Shop.Exports;

/// <summary>Where exports are written. The bookkeeping collects them there.</summary>
public sealed class ExportOptions
{
    public string Folder { get; init; } = "exports";
}

/// <summary>Writes all orders as CSV (RFC 4180) into the export folder.</summary>
internal sealed class OrderExport(ShopDbContext database, TimeProvider time, IOptions<ExportOptions> options)
{
    public async Task<ExportView> WriteAsync(CancellationToken cancellationToken)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"orders-{time.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..8]}.csv");
        Directory.CreateDirectory(options.Value.Folder);
        var rows = 0;
        // Collectors must never see half a file, so it gets its name when it is complete.
        var path = Path.Combine(options.Value.Folder, name);
        await using (var writer = new StreamWriter(path + ".part", append: false, new UTF8Encoding(false)))
        {
            await writer.WriteLineAsync("id,customer,sku,quantity,amount_cents,status,created_at");
            var orders = database.Orders.OrderBy(order => order.CreatedAt).ThenBy(order => order.Id)
                .Select(order => new { Order = order, order.Product!.Sku });
            await foreach (var row in orders.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                var order = row.Order;
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{order.Id},{Quoted(order.Customer)},{Quoted(row.Sku)},{order.Quantity},{order.AmountCents},{order.Status},{order.CreatedAt:O}"));
                rows++;
            }
        }

        File.Move(path + ".part", path);
        return new ExportView(name, rows);
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
