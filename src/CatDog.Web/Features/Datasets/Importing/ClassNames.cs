using System.Globalization;
using System.Text.RegularExpressions;
using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Recognises a data set's classes in the words of folders, file names and CSVs: <c>Cats</c> is the class <c>cat</c>.</summary>
internal sealed class ClassNames
{
    private readonly Dictionary<string, long> _byWord = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _byNumber = [];
    private readonly Regex _fileName;

    public ClassNames(IReadOnlyCollection<LabelClass> classes)
    {
        foreach (var labelClass in classes)
        {
            _byWord[labelClass.Name] = labelClass.Id;
            _byNumber[labelClass.Index.ToString(CultureInfo.InvariantCulture)] = labelClass.Id;
        }

        foreach (var labelClass in classes)
        {
            _byWord.TryAdd(labelClass.Name + "s", labelClass.Id);
            if (labelClass.Name.EndsWith('s')) _byWord.TryAdd(labelClass.Name[..^1], labelClass.Id);
        }

        var words = string.Join('|', _byWord.Keys.OrderByDescending(w => w.Length).Select(Regex.Escape));
        _fileName = new Regex($@"^({words})[\s._-]*\(?\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    public long? OfWord(string word) => _byWord.TryGetValue(word.Trim(), out var id) ? id : null;

    /// <summary>A CSV's label: a class's name or its number.</summary>
    public long? OfLabel(string label) => OfWord(label) ?? (_byNumber.TryGetValue(label.Trim(), out var id) ? id : null);

    /// <summary><c>cat.12.jpg</c>, <c>dog_3.png</c>, <c>cat (7).jpg</c>: a class's name, then a number.</summary>
    public long? OfFileName(string fileName) => _fileName.Match(fileName) is { Success: true } match ? OfWord(match.Groups[1].Value) : null;

    /// <summary>The nearest folder of a relative path that is named like a class.</summary>
    public long? OfFolders(string path) =>
        path.Split('/').SkipLast(1).Reverse().Select(OfWord).FirstOrDefault(id => id is not null);
}
