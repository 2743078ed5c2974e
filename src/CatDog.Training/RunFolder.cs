namespace CatDog.Training;

/// <summary>Where the parts of a run folder are. The folder is the whole record of a run.</summary>
public sealed record RunFolder(string Path)
{
    public string Plan => At(TrainingPlan.FileName);

    public string Events => At("events.jsonl");

    /// <summary>Held locked by the process that trains this run, for as long as it lives.</summary>
    public string Lock => At("run.lock");

    public string LastCheckpoint => System.IO.Path.Combine(Path, "checkpoints", "last");

    public string BestCheckpoint => System.IO.Path.Combine(Path, "checkpoints", "best");

    /// <summary>Holds <c>model.json</c> and <c>model.safetensors</c>, of the best epoch.</summary>
    public string Model => At("model");

    public string Receipt => At("receipt.json");

    /// <summary>What the child printed on stderr.</summary>
    public string Log => At("child.log");

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
