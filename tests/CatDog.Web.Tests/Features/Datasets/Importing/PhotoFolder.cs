using CatDog.Web.Tests.Hosting;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

/// <summary>A folder of small photos that goes away with the test.</summary>
internal sealed class PhotoFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("catdog-photos-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public PhotoFolder Photo(string name, int seed)
    {
        TestPhotos.Write(At(name), seed);
        return this;
    }

    public PhotoFolder Text(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
