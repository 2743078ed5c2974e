using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CatDog.Data.Configurations;

internal sealed class DatasetConfiguration : IEntityTypeConfiguration<Dataset>
{
    public void Configure(EntityTypeBuilder<Dataset> builder)
    {
        builder.Property(d => d.Name).UseCollation("NOCASE");
        builder.HasIndex(d => d.Name).IsUnique();
        builder.HasMany(d => d.Classes).WithOne().HasForeignKey(c => c.DatasetId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LabelClassConfiguration : IEntityTypeConfiguration<LabelClass>
{
    public void Configure(EntityTypeBuilder<LabelClass> builder)
    {
        builder.Property(c => c.Name).UseCollation("NOCASE");
        builder.HasIndex(c => new { c.DatasetId, c.Index }).IsUnique();
        builder.HasIndex(c => new { c.DatasetId, c.Name }).IsUnique();
    }
}
