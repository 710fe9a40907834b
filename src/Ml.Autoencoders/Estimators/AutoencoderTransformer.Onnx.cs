using Ml.Autoencoders.Models;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders;

/// <content>Use outside of .NET, and outside of torch.</content>
public sealed partial class AutoencoderTransformer
{
    /// <summary>
    /// Writes what the transformer computes, or a part of it, as an ONNX file (operators of version 17), whole or not
    /// at all. Needs no native torch library where the transformer itself needs none.
    /// </summary>
    /// <remarks>
    /// <para>Inputs and outputs have the names of the columns. Rows and codes are Single, <c>[B, n]</c>, with as many
    /// rows as are given; numbers such as the error are <c>[B, 1]</c>. The key of a condition, and those of a quantized
    /// code, are UInt32 as in ML.NET: from 1 on, 0 for a missing one. An output that takes the place of a column that
    /// is read is named after it with <c>.output</c> appended, which ML.NET's <c>ApplyOnnxModel</c> removes again. So
    /// is one whose own name ends in <c>.output</c>, which is kept in it as <c>.out.outputput</c>. A decoder gives the
    /// reconstruction column, or <c>Reconstruction</c> where the transformer writes none.</para>
    /// <para>A row that holds NaN, or whose label no training row had, gives NaN in every number. Pictures are taken in
    /// the size that the encoder takes. Metadata names the family, the part, the labels, and holds the description of
    /// the model file as JSON.</para>
    /// <para>A whole model, with the stages before and after, is exported by ML.NET's own <c>ConvertToOnnx</c>.</para>
    /// </remarks>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="part">What to write. Default: every column that the transformer writes.</param>
    /// <exception cref="ArgumentException">The path is empty, or the part is not in the enumeration.</exception>
    /// <exception cref="InvalidOperationException">A column of the stage is drawn at random (<c>SampleColumnName</c>,
    /// <c>EvidenceLowerBoundColumnName</c>), two inputs or outputs would have the same name, or the file would
    /// be larger than 2 GiB. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void SaveOnnx(string path, OnnxPart part = OnnxPart.Stage)
    {
        Require.Path(path, nameof(SaveOnnx), nameof(path));
        Require.Defined(part, nameof(SaveOnnx), nameof(part));
        using AutoencoderModel.Lease lease = _model.Use();
        OnnxFile.Write(path, _description, _model, part);
    }
}
