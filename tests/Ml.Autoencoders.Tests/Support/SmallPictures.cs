using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A picture as numbers.</summary>
internal sealed class PictureRow
{
    public float[] Pixels { get; set; } = [];
}

/// <summary>Small made-up pictures: a shade that goes from one corner to the other, another in each channel.</summary>
internal static class SmallPictures
{
    /// <summary>Planar pictures with values within [0, 1].</summary>
    public static float[][] Make(int count, int height, int width, int channels = 1, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double[] corners = [.. Enumerable.Range(0, channels + 2).Select(_ => random.NextDouble())];
            return (from channel in Enumerable.Range(0, channels)
                    from y in Enumerable.Range(0, height)
                    from x in Enumerable.Range(0, width)
                    select (float)((corners[channel] + corners[^1] * y / height + corners[^2] * x / width) / 3))
                        .ToArray();
        })];
    }

    /// <summary>The same pictures pixel by pixel.</summary>
    public static float[] Interleaved(float[] planar, int channels)
    {
        int pixels = planar.Length / channels;
        return [.. Enumerable.Range(0, planar.Length).Select(i => planar[i % channels * pixels + i / channels])];
    }

    /// <summary>The means of blocks of factor x factor pixels of planar pictures.</summary>
    public static float[] Reduced(float[] planar, int height, int width, int factor)
    {
        int channels = planar.Length / (height * width);
        return [.. from channel in Enumerable.Range(0, channels)
                   from y in Enumerable.Range(0, height / factor)
                   from x in Enumerable.Range(0, width / factor)
                   select Enumerable.Range(0, factor * factor)
                       .Average(i =>
                           planar[(channel * height + y * factor + i / factor) * width + x * factor + i % factor])];
    }

    /// <summary>A view whose column <c>Pixels</c> has the dimensions.</summary>
    public static IDataView View(MLContext ml, float[][] pictures, params int[] dimensions) =>
        ml.Data.LoadFromEnumerable(pictures.Select(picture => new PictureRow { Pixels = picture }), Schema(dimensions));

    /// <summary>The schema of such a view.</summary>
    public static SchemaDefinition Schema(params int[] dimensions)
    {
        var definition = SchemaDefinition.Create(typeof(PictureRow));
        definition[nameof(PictureRow.Pixels)]
            .ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return definition;
    }
}
