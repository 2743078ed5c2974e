using CatDog.Training;

namespace CatDog.Web.Commands;

/// <summary>A photo to predict.</summary>
/// <param name="Id">Null where there is no database.</param>
/// <param name="File">The absolute path.</param>
/// <param name="Shown">The path as the person knows it.</param>
/// <param name="Label">Null where nobody has given one.</param>
internal sealed record LabelledPhoto(long? Id, string File, string Shown, string? Label);

/// <summary>Predicts photos into a CSV file, one after the other.</summary>
internal static class PredictionsOutput
{
    /// <summary>Photos that cannot be read are named on stderr and left out.</summary>
    /// <returns>How many photos were predicted.</returns>
    public static int Write(string path, PredictionsFormat format, Predictor predictor, IReadOnlyList<LabelledPhoto> photos)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var written = 0;
        using (var file = File.Create(path))
            PredictionsCsv.Write(file, format, predictor.ClassNames, Rows());
        return written;

        IEnumerable<PredictionRow> Rows()
        {
            foreach (var (index, probabilities, error) in predictor.Predict([.. photos.Select(photo => photo.File)]))
            {
                var photo = photos[index];
                if (probabilities is null)
                {
                    Console.Error.WriteLine($"'{photo.Shown}' is left out: {error}");
                    continue;
                }

                written++;
                yield return new(photo.Id, Path.GetFileName(photo.File), photo.Shown, photo.Label, predictor.LabelOf(probabilities), probabilities, predictor.Description.RunId);
            }
        }
    }
}
