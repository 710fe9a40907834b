using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Scoring;

/// <summary>The annotations by which ML.NET finds the columns of an anomaly detector, including its own.</summary>
internal static class AnomalyAnnotations
{
    /// <param name="scoreSet">Which columns belong together.</param>
    /// <param name="valueKind">The role of the column among them.</param>
    public static DataViewSchema.Annotations Make(uint scoreSet, string valueKind)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationUtils.Kinds.ScoreColumnSetId, AnnotationUtils.ScoreColumnSetIdType,
            (ref uint value) => value = scoreSet);
        AddText(annotations, AnnotationUtils.Kinds.ScoreColumnKind,
            AnnotationUtils.Const.ScoreColumnKind.AnomalyDetection);
        AddText(annotations, AnnotationUtils.Kinds.ScoreValueKind, valueKind);
        return annotations.ToAnnotations();
    }

    private static void AddText(DataViewSchema.Annotations.Builder annotations, string kind, string text) =>
        annotations.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
}
