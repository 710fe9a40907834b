using Microsoft.ML.Data;
using Samples.Data;

namespace Anomalies;

/// <summary>A digit, and whether it is another than the normal one.</summary>
internal sealed class DigitRow
{
    /// <summary>Gray values from 0 (paper) to 1 (ink), row by row.</summary>
    public float[] Pixels { get; set; } = [];

    /// <summary>1 for an anomaly, 0 for a normal one: ML.NET evaluates detectors by numbers.</summary>
    public float Label { get; set; }

    public static DigitRow Of(Digit digit, uint normal) =>
        new() { Pixels = digit.Pixels, Label = digit.Number == normal ? 0 : 1 };

    /// <summary>The type of <see cref="Pixels"/>, whose length only the data knows.</summary>
    public static SchemaDefinition Schema(int pixels)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(DigitRow));
        schema[nameof(Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, pixels);
        return schema;
    }
}
