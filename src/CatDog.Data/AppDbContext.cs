using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CatDog.Data;

/// <summary>The database. Use one short-lived context per operation, from <see cref="IDbContextFactory{TContext}"/>.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Dataset> Datasets => Set<Dataset>();

    public DbSet<LabelClass> LabelClasses => Set<LabelClass>();

    public DbSet<Sample> Samples => Set<Sample>();

    public DbSet<SampleFile> SampleFiles => Set<SampleFile>();

    public DbSet<SampleCount> SampleCounts => Set<SampleCount>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<Import> Imports => Set<Import>();

    public DbSet<ImportProblem> ImportProblems => Set<ImportProblem>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<Epoch> Epochs => Set<Epoch>();

    public DbSet<Prediction> Predictions => Set<Prediction>();

    public DbSet<PredictionPass> PredictionPasses => Set<PredictionPass>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMilliseconds>();

    /// <summary>SQLite can order and compare numbers, not DateTimes with a zone.</summary>
    private sealed class UtcMilliseconds() : ValueConverter<DateTime, long>(
        time => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
}
