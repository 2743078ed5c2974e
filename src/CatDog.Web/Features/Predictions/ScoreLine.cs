using System.Text.Json;
using CatDog.Training;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Predictions;

/// <summary>What the child says of one photo.</summary>
/// <param name="Probabilities">In the order of the model's class names; null where there is an error.</param>
/// <param name="Error">Why the photo could not be read.</param>
internal sealed record ScoreLine(long Id, double[]? Probabilities, string? Error)
{
    /// <exception cref="UserException">A line is no answer.</exception>
    public static IEnumerable<ScoreLine> ReadAll(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            ScoreLine? score;
            try
            {
                score = JsonSerializer.Deserialize<ScoreLine>(line, TrainingJson.Line);
            }
            catch (JsonException e)
            {
                throw new UserException($"The predictions cannot be read: {e.Message} Try again.", e);
            }

            if (score is not null) yield return score;
        }
    }
}
