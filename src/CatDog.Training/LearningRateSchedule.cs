namespace CatDog.Training;

/// <summary>The learning rate as a pure function of where the run is, so that a resumed run needs no scheduler state.</summary>
internal static class LearningRateSchedule
{
    /// <param name="hyperparameters">The base rate, step and gamma.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="batch">From 1, within the epoch.</param>
    /// <param name="batches">In an epoch.</param>
    public static double At(Hyperparameters hyperparameters, int epoch, int batch, int batches)
    {
        var steps = hyperparameters.SchedulePerBatch ? (long)(epoch - 1) * batches + batch - 1 : epoch - 1;
        return hyperparameters.LearningRate * Math.Pow(hyperparameters.LearningRateGamma, steps / hyperparameters.LearningRateStep);
    }
}
