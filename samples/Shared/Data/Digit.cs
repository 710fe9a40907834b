using Microsoft.ML.Data;

namespace Samples.Data;

/// <summary>A row of the data view: a handwritten digit.</summary>
internal sealed class Digit
{
    /// <summary>Gray values from 0 (paper) to 1 (ink), row by row.</summary>
    public float[] Pixels { get; set; } = [];

    /// <summary>What it shows, 0 to 9.</summary>
    public uint Number { get; set; }

    /// <summary>The type of <see cref="Pixels"/>, whose length only the data knows.</summary>
    public static SchemaDefinition Schema(int pixels)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Digit));
        schema[nameof(Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, pixels);
        return schema;
    }
}
