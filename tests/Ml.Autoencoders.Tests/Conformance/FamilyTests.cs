using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>What every family has to do as a stage of an ML.NET pipeline.</summary>
[TestFixtureSource(typeof(Family), nameof(Family.All))]
internal sealed partial class FamilyTests(Family family)
{
    private readonly MLContext _ml = new();

    private AutoencoderTransformer FitFull(params (string Option, object? Value)[] changes) =>
        family.MakeFull(_ml, changes).Fit(Rows.View(_ml, 40));
}
