namespace CatDog.Data.Runs;

public enum RunStatus
{
    Queued = 0,
    Running = 1,
    Completed = 2,
    Failed = 3,
    Canceled = 4,

    /// <summary>Its process died or was stopped; it can be resumed from its last checkpoint.</summary>
    Interrupted = 5,
}
