using System.Text;

namespace CatDog.Training.Tests;

public sealed class PredictionsCsvTests
{
    private static readonly string[] ClassNames = ["cat", "dog"];

    [Fact]
    public async Task Full_has_a_column_per_class_and_tells_right_from_wrong_from_unknown()
    {
        var text = await Write(PredictionsFormat.Full,
            new(7, "a.jpg", "pets/a.jpg", "cat", "cat", [0.75, 0.25], "r1"),
            new(8, "b.jpg", "pets/b.jpg", "cat", "dog", [0.1, 0.9], "r1"),
            new(null, "c.jpg", "pets/c.jpg", null, "dog", [0.000001, 0.999999], null));

        Assert.Equal(
            "sample_id,file_name,path,label,predicted_label,correct,p_cat,p_dog,run_id\r\n"
            + "7,a.jpg,pets/a.jpg,cat,cat,true,0.75,0.25,r1\r\n"
            + "8,b.jpg,pets/b.jpg,cat,dog,false,0.1,0.9,r1\r\n"
            + ",c.jpg,pets/c.jpg,,dog,,0.000001,0.999999,\r\n", text);
    }

    [Theory]
    [InlineData("=1+1.jpg", "'=1+1.jpg")]
    [InlineData("+a", "'+a")]
    [InlineData("-a", "'-a")]
    [InlineData("@a", "'@a")]
    [InlineData("\ta", "'\ta")]
    [InlineData("\ra", "\"'\ra\"")]
    [InlineData("a,\"b\"\n", "\"a,\"\"b\"\"\n\"")]
    public async Task A_cell_that_begins_like_a_formula_is_defused_and_quotes_are_doubled(string fileName, string cell)
    {
        var text = await Write(PredictionsFormat.Article, new PredictionRow(1, fileName, fileName, null, "dog", [0, 1], null));

        Assert.Equal($"file_name,predicted_class_id\r\n{cell},1\r\n", text);
    }

    [Fact]
    public async Task Kaggle_is_sorted_by_the_number_in_the_file_name_and_gives_the_second_class()
    {
        var text = await Write(PredictionsFormat.Kaggle,
            new(1, "10.jpg", "10.jpg", null, "dog", [0.2, 0.8], null),
            new(2, "9.jpg", "9.jpg", null, "cat", [0.9, 0.1], null),
            new(3, "cat.11.jpg", "cat.11.jpg", null, "cat", [0.6, 0.4], null));

        Assert.Equal("id,label\r\n9,0.1\r\n10,0.8\r\n11,0.4\r\n", text);
    }

    private static async Task<string> Write(PredictionsFormat format, params PredictionRow[] rows)
    {
        using var stream = new MemoryStream();
        await PredictionsCsv.WriteAsync(stream, format, ClassNames, rows.ToAsyncEnumerable());
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
