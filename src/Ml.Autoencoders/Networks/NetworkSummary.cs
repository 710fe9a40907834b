using System.Globalization;
using System.Text;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders;

/// <summary>
/// The layers of a network with the shape after each and the numbers that it learns. Prints as a table.
/// </summary>
public sealed class NetworkSummary
{
    internal NetworkSummary(NetworkPlan plan) =>
        Layers = [.. Rows("encoder", plan.Encoder), .. Rows("decoder", plan.Decoder)];

    /// <summary>The layers, encoder first.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>Numbers that training changes.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>The table: part, layer, output shape, parameters; and their sum.</summary>
    public override string ToString()
    {
        int layerWidth = Layers.Max(row => row.Layer.Length);
        int shapeWidth = Layers.Max(row => row.OutputShape.Length);
        string sum = Format(ParameterCount);
        var text = new StringBuilder();
        foreach (LayerSummary row in Layers)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{row.Part,-7}  {row.Layer.PadRight(layerWidth)}  {row.OutputShape.PadLeft(shapeWidth)}  " +
                $"{Format(row.ParameterCount).PadLeft(sum.Length)}");
            text.AppendLine();
        }
        return text.Append(CultureInfo.InvariantCulture, $"{sum} parameters").ToString();
    }

    private static IEnumerable<LayerSummary> Rows(string part, LayerStack stack) =>
        stack.Layers.Select((layer, i) => new LayerSummary(part, layer.ToString(),
            layer.OutputShape(stack.LayerInputs[i]).ToString(),
            layer.Parameters(stack.LayerInputs[i]).Where(parameter => parameter.IsTrained)
                .Sum(parameter => parameter.Count)));

    private static string Format(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
