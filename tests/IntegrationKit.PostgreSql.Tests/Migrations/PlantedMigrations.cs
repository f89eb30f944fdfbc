using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace IntegrationKit.PostgreSql.Tests.Migrations;

internal sealed class ForgetfulContext(DbContextOptions<ForgetfulContext> options) : DbContext(options);

[DbContext(typeof(ForgetfulContext))]
[Migration("20260101000000_Notes")]
internal sealed class NotesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE notes (id int PRIMARY KEY, text text CONSTRAINT ck_notes_text CHECK (length(text) > 0))");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE notes");
}

[DbContext(typeof(ForgetfulContext))]
[Migration("20260102000000_Index")]
internal sealed class IndexMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX ix_notes_text ON notes (text); ALTER TABLE notes DROP CONSTRAINT ck_notes_text");

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        // Forgets both.
    }
}

internal sealed class FailingContext(DbContextOptions<FailingContext> options) : DbContext(options);

[DbContext(typeof(FailingContext))]
[Migration("20260101000000_Marks")]
internal sealed class MarksMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE TABLE marks (id int PRIMARY KEY)");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE mark");
}

/// <summary>Its model has a column more than its migration makes.</summary>
internal sealed class AheadContext(DbContextOptions<AheadContext> options) : DbContext(options)
{
    public DbSet<Leaf> Leaves => Set<Leaf>();
}

internal sealed class Leaf
{
    public int Id { get; set; }

    public string? Colour { get; set; }
}

[DbContext(typeof(AheadContext))]
[Migration("20260101000000_Pages")]
internal sealed class LeavesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("Leaves", table => new { Id = table.Column<int>("integer") }, constraints: table => table.PrimaryKey("PK_Leaves", leaf => leaf.Id));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("Leaves");
}

[DbContext(typeof(AheadContext))]
internal sealed class AheadSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.Entity(typeof(Leaf).FullName!, leaf =>
    {
        leaf.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("integer");
        leaf.HasKey("Id");
        leaf.ToTable("Leaves");
    });
}
