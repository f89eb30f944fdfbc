namespace Shop.Data;

/// <summary>One page of a longer list; <see cref="Number"/> counts from 1.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int Size, int Total);
