using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data;

/// <summary>The page a caller asks for in the query string: the first 20 items unless told otherwise.</summary>
public sealed class PageRequest
{
    [Range(1, 10_000)]
    public int? Page { get; init; }

    [Range(1, 100)]
    public int? Size { get; init; }

    public async Task<Page<T>> ReadAsync<T>(IQueryable<T> query, CancellationToken cancellationToken)
    {
        var (number, size) = (Page ?? 1, Size ?? 20);
        var total = await query.CountAsync(cancellationToken);
        var items = await query.Skip((number - 1) * size).Take(size).ToListAsync(cancellationToken);
        return new Page<T>(items, number, size, total);
    }
}
