using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CatDog.Data.Configurations;

internal sealed class SampleConfiguration : IEntityTypeConfiguration<Sample>
{
    public void Configure(EntityTypeBuilder<Sample> builder)
    {
        builder.HasOne<Dataset>().WithMany().HasForeignKey(s => s.DatasetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(s => s.LabelClass).WithMany().HasForeignKey(s => s.LabelClassId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => new { s.DatasetId, s.Sha256 }).IsUnique();

        // SQLite appends the row id to every index: these serve keyset paging by id within each filter.
        builder.HasIndex(s => new { s.DatasetId, s.LabelClassId });
        builder.HasIndex(s => new { s.DatasetId, s.Split, s.LabelClassId });
        builder.HasIndex(s => new { s.DatasetId, s.FileName });
    }
}

internal sealed class SampleFileConfiguration : IEntityTypeConfiguration<SampleFile>
{
    public void Configure(EntityTypeBuilder<SampleFile> builder)
    {
        builder.HasOne<Sample>().WithMany().HasForeignKey(f => f.SampleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.DatasetId, f.Origin }).IsUnique();
    }
}

internal sealed class SampleCountConfiguration : IEntityTypeConfiguration<SampleCount>
{
    public void Configure(EntityTypeBuilder<SampleCount> builder)
    {
        builder.HasKey(c => new { c.DatasetId, c.LabelClassId, c.Split });
        builder.Property(c => c.DatasetId).ValueGeneratedNever();
        builder.HasOne<Dataset>().WithMany().HasForeignKey(c => c.DatasetId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LabelConfiguration : IEntityTypeConfiguration<Label>
{
    public void Configure(EntityTypeBuilder<Label> builder)
    {
        builder.HasOne<Sample>().WithMany().HasForeignKey(l => l.SampleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => new { l.SampleId, l.Version }).IsUnique();
        builder.HasIndex(l => l.ActionId);
    }
}
