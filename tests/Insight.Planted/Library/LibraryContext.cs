using Microsoft.EntityFrameworkCore;

namespace Library;

/// <summary>Everything on a shelf has a number, a name that is unique, and perhaps a note.</summary>
public abstract class Entry
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Note { get; set; }
}

public sealed class Author : Entry;

public sealed class Book : Entry;

public sealed class Member : Entry;

public sealed class Genre : Entry;

public sealed class Branch : Entry;

public sealed class LibraryContext(DbContextOptions<LibraryContext> options) : DbContext(options)
{
    public DbSet<Author> Authors => Set<Author>();

    public DbSet<Book> Books => Set<Book>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<Genre> Genres => Set<Genre>();

    public DbSet<Branch> Branches => Set<Branch>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(entity.GetTableName()!.ToLowerInvariant());
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(property.Name.ToLowerInvariant());
            }
        }
    }
}
