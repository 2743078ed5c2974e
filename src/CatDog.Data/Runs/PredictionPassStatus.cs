namespace CatDog.Data.Runs;

public enum PredictionPassStatus
{
    Queued = 0,
    Running = 1,
    Completed = 2,
    Failed = 3,
}
