using CatDog.Data.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CatDog.Data.Configurations;

internal sealed class RunConfiguration : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.HasOne(r => r.Dataset).WithMany().HasForeignKey(r => r.DatasetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(r => r.Epochs).WithOne().HasForeignKey(e => e.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => r.Status);
    }
}

internal sealed class EpochConfiguration : IEntityTypeConfiguration<Epoch>
{
    public void Configure(EntityTypeBuilder<Epoch> builder) => builder.HasKey(e => new { e.RunId, e.Number });
}

internal sealed class PredictionConfiguration : IEntityTypeConfiguration<Prediction>
{
    public void Configure(EntityTypeBuilder<Prediction> builder)
    {
        builder.HasOne<Run>().WithMany().HasForeignKey(p => p.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(p => p.Sample).WithMany().HasForeignKey(p => p.SampleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(p => p.PredictedClass).WithMany().HasForeignKey(p => p.PredictedClassId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => new { p.RunId, p.SampleId }).IsUnique();
        builder.HasIndex(p => new { p.RunId, p.Confidence });
    }
}

internal sealed class PredictionPassConfiguration : IEntityTypeConfiguration<PredictionPass>
{
    public void Configure(EntityTypeBuilder<PredictionPass> builder)
    {
        builder.HasOne<Run>().WithMany().HasForeignKey(p => p.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(p => p.Status);
    }
}
