namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>What was measured where a share of the cells is missing.</summary>
/// <param name="LeftOut">The area under the ROC curve of the detector that leaves gaps out.</param>
/// <param name="Replaced">That of the same detector of rows whose gaps were replaced by means.</param>
/// <param name="Error">The mean squared error of gaps as that detector fills them, in units of a column's
/// variance.</param>
/// <param name="ErrorOfMean">That of the mean.</param>
/// <param name="ErrorOfPca">That of principal components, with the better of two numbers of them.</param>
internal sealed record GapFigures(double LeftOut, double Replaced, double Error, double ErrorOfMean, double ErrorOfPca)
{
    public IEnumerable<double> All => [LeftOut, Replaced, Error, ErrorOfMean, ErrorOfPca];

    public static GapFigures Mean(IReadOnlyCollection<GapFigures> figures) => new(
        figures.Average(each => each.LeftOut), figures.Average(each => each.Replaced),
        figures.Average(each => each.Error), figures.Average(each => each.ErrorOfMean),
        figures.Average(each => each.ErrorOfPca));
}
