using CatDog.Benchmarks;

// dotnet run -c Release --project tests/CatDog.Benchmarks -- decode FOLDER
// dotnet run -c Release --project tests/CatDog.Benchmarks -- step FOLDER [BACKBONE] [BATCH SIZE]
return args switch
{
    ["decode", var folder] => DecodeBenchmark.Run(folder),
    ["step", var folder, .. var rest] => StepBenchmark.Compare(folder, rest.ElementAtOrDefault(0) ?? "vgg16", int.Parse(rest.ElementAtOrDefault(1) ?? "16")),
    ["step-alone", var folder, var backbone, var batchSize, var allocator] => StepBenchmark.Measure(folder, backbone, int.Parse(batchSize), allocator == "kept"),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark and a folder of photos: decode FOLDER, or step FOLDER [BACKBONE] [BATCH SIZE].");
    return 2;
}
