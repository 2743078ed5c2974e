namespace CatDog.Training;

/// <summary>Trains the run of a folder and keeps its record: the lock, the events, the reason where it fails.</summary>
public static class RunExecution
{
    /// <param name="folder">Holds a plan.</param>
    /// <param name="resume">Go on from the last checkpoint, if there is one.</param>
    /// <param name="tell">Is given each event after it is recorded.</param>
    /// <param name="cancellation">Ends the run after the current batch.</param>
    /// <returns>The last event: completed, interrupted or failed.</returns>
    /// <exception cref="TrainingException">The run could not even be recorded: its folder is in use, or has no plan.</exception>
    public static TrainingEvent Execute(RunFolder folder, bool resume, Action<TrainingEvent> tell, CancellationToken cancellation)
    {
        using var held = Hold(folder);
        if (!resume) BeginAnew(folder);
        using var events = EventLog.Open(folder.Events, TimeProvider.System);
        TrainingEvent last;
        try
        {
            last = Train(folder, resume, happened => tell(events.Append(happened)), cancellation);
        }
        catch (Exception e)
        {
            last = new RunFailed { Error = Explain(e) };
        }

        last = events.Append(last);
        tell(last);
        return last;
    }

    /// <summary>Takes the run's lock for as long as what is returned is not disposed.</summary>
    public static IDisposable Hold(RunFolder folder)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new TrainingException($"There is no run folder '{folder.Path}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The run in '{folder.Path}' is being trained by another process, or cannot be written ({e.Message}).", e);
        }
    }

    private static TrainingEvent Train(RunFolder folder, bool resume, Action<TrainingEvent> tell, CancellationToken cancellation)
    {
        var plan = TrainingPlan.Load(folder.Path);
        var problems = plan.Hyperparameters.Validate().Select(p => p.Problem).ToList();
        if (problems.Count > 0) throw new TrainingException(string.Join(" ", problems));
        foreach (var happened in Trainer.Fit(plan, folder, resume, cancellation))
        {
            if (happened is RunCompleted or RunInterrupted) return happened;
            tell(happened);
        }

        throw new InvalidOperationException("The run ended without an end.");
    }

    private static void BeginAnew(RunFolder folder)
    {
        if (File.Exists(folder.LastCheckpoint))
            throw new TrainingException($"'{folder.Path}' already holds a trained run. Go on with it with --resume, or choose another folder.");
        File.Delete(folder.Events);
    }

    private static string Explain(Exception e)
    {
        if (e is TrainingException) return e.Message;
        var reason = e.Message.Split('\n')[0].Trim();
        if (e is OutOfMemoryException || IsAbout(e, "out of memory") || IsAbout(e, "can't allocate memory"))
            return $"There is not enough memory. Lower the batch size or choose a smaller backbone. ({reason})";
        if (IsAbout(e, "No space left")) return $"The disk is full. Make room and resume the run. ({reason})";
        return $"Training stopped unexpectedly: {reason} ({e.GetType().Name}). Resuming goes on from the last whole epoch.";
    }

    private static bool IsAbout(Exception e, string text) => e.Message.Contains(text, StringComparison.OrdinalIgnoreCase);
}
