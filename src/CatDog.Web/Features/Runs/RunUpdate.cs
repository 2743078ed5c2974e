using CatDog.Data.Runs;
using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <summary>One thing a subscriber of a run is told.</summary>
internal abstract record RunUpdate;

/// <summary>The trainer told it.</summary>
internal sealed record RunHappened(TrainingEvent Event) : RunUpdate;

/// <summary>The run's state is another one.</summary>
internal sealed record RunStateChanged(RunState State) : RunUpdate;

/// <summary>Where a run stands, by the database.</summary>
/// <param name="Error">Why it failed or was interrupted.</param>
public sealed record RunState(RunStatus Status, string? Error, bool CancelRequested, DateTime? StartedAt, DateTime? EndedAt, int? BestEpoch)
{
    /// <summary>Nothing more happens by itself.</summary>
    public bool IsOver => Status is not (RunStatus.Queued or RunStatus.Running);

    internal static RunState Of(Run run) => new(run.Status, run.Error, run.CancelRequested, run.StartedAt, run.EndedAt, run.BestEpoch);
}
