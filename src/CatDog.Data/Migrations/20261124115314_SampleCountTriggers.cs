using Microsoft.EntityFrameworkCore.Migrations;

namespace CatDog.Data.Migrations;

/// <summary>Keeps SampleCounts equal to a GROUP BY over Samples at the cost of two small updates a changed sample.</summary>
public partial class SampleCountTriggers : Migration
{
    private const string Add = """
        INSERT INTO SampleCounts (DatasetId, LabelClassId, Split, Count)
        VALUES (NEW.DatasetId, COALESCE(NEW.LabelClassId, 0), COALESCE(NEW.Split, -1), 1)
        ON CONFLICT (DatasetId, LabelClassId, Split) DO UPDATE SET Count = Count + 1;
        """;

    private const string Remove = """
        UPDATE SampleCounts SET Count = Count - 1
        WHERE DatasetId = OLD.DatasetId AND LabelClassId = COALESCE(OLD.LabelClassId, 0) AND Split = COALESCE(OLD.Split, -1);
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql($"CREATE TRIGGER SampleCounts_Insert AFTER INSERT ON Samples BEGIN {Add} END;");
        migrationBuilder.Sql($"CREATE TRIGGER SampleCounts_Delete AFTER DELETE ON Samples BEGIN {Remove} END;");
        migrationBuilder.Sql($"""
            CREATE TRIGGER SampleCounts_Update AFTER UPDATE OF DatasetId, LabelClassId, Split ON Samples
            WHEN OLD.DatasetId <> NEW.DatasetId OR OLD.LabelClassId IS NOT NEW.LabelClassId OR OLD.Split IS NOT NEW.Split
            BEGIN {Remove} {Add} END;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP TRIGGER SampleCounts_Insert;");
        migrationBuilder.Sql("DROP TRIGGER SampleCounts_Delete;");
        migrationBuilder.Sql("DROP TRIGGER SampleCounts_Update;");
    }
}
