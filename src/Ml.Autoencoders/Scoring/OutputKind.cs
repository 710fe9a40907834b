namespace Ml.Autoencoders.Scoring;

/// <summary>How an output column is typed and annotated.</summary>
internal enum OutputKind
{
    /// <summary>A single number.</summary>
    Scalar,

    /// <summary>A vector whose slots are named after the column, with a number.</summary>
    NumberedVector,

    /// <summary>Hidden activations, whose slots are named after the column, with the numbers of layer and activation; a
    /// row before them perhaps, whose slots have the names of the input column's.</summary>
    HiddenVector,

    /// <summary>The dimensions and slot names of the input column; of numbers as there, or of keys with the same
    /// names.</summary>
    LikeInput,

    /// <summary>Numbers, with the dimensions and slot names of the input column.</summary>
    NumbersLikeInput,

    /// <summary>A vector with a slot for each column of a table, named as the slots of the input column are, or as what
    /// the names of a category's slots have in common.</summary>
    ColumnVector,

    /// <summary>A vector whose slots have no names.</summary>
    PlainVector,

    /// <summary>A vector of keys.</summary>
    KeyVector,

    /// <summary>A single number, annotated as the score of an anomaly detector.</summary>
    AnomalyScore,

    /// <summary>True or false, annotated as the prediction of an anomaly detector.</summary>
    AnomalyLabel,
}
