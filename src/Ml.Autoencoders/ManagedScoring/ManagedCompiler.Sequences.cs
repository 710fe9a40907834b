using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <content>Layers over the steps of sequences.</content>
internal sealed partial class ManagedCompiler
{
    private bool AddTokens(TokenLayer layer)
    {
        int channels = layer.Classes + 1 + layer.Labels;
        if ((long)channels * layer.Steps > ManagedPlan.MaxStride)
            return false;
        Add((long)channels * layer.Steps, 0, _ => new TokenPlanes(layer.Steps, layer.Classes, layer.Labels));
        _layout = PictureLayout.Innermost(channels, layer.Steps, channels);
        return true;
    }

    private bool AddCausal(int index, CausalConvolutionLayer layer, Shape input)
    {
        (int channels, int steps) = PictureOf(input);
        long stride = PackedPanels.StrideOf((long)layer.Filters) * steps;
        if (stride > ManagedPlan.MaxStride)
            return false;
        PictureLayout from = _layout;
        long met = Causality.TapsThatMeet(layer.Kernel, layer.Dilation, steps);
        Open(new OpenProduct(index, layer.Filters, layer.Kernel * channels, stride,
            PackedPanels.StrideOf((long)layer.Filters) * met * channels,
            (weight, bias) => new PackedCausalConvolution(from, layer.Dilation, weight, bias)),
            PackedConvolution.ResultOf(layer.Filters, steps));
        return true;
    }

    /// <summary>A linear layer of each step is a convolution of one step.</summary>
    private bool AddEachStep(int index, string prefix, int outputs, Shape input)
    {
        long stride = PackedPanels.StrideOf((long)outputs) * input.Axes[0];
        if (stride > ManagedPlan.MaxStride)
            return false;
        (int channels, PictureLayout from) = (input.Dimensions[0], _layout);
        Open(new OpenProduct(index, outputs, channels, stride, PackedPanels.StrideOf((long)outputs) * channels,
            (weight, bias) => EachStep(from, input, weight, bias))
        { Prefix = prefix },
            PackedConvolution.ResultOf(outputs, input.Axes[0]));
        return true;
    }

    private static PackedConvolution EachStep(PictureLayout from, Shape input, float[] weight, float[] bias)
    {
        int steps = input.Axes[0];
        var geometry = new ConvolutionGeometry(ConvolutionAxis.None, new ConvolutionAxis(steps, steps, 1, 1, 0),
            input.Dimensions[0], bias.Length);
        return new PackedConvolution(geometry, from, weight, bias);
    }

    /// <summary>What the steps give the gates is computed for all of them at once, and then the states one after the
    /// other.</summary>
    private bool AddRecurrence(int index, RecurrentLayer layer, Shape input)
    {
        var form = new RecurrentForm(layer.Cell, layer.Units, input.Axes[0], layer.Directions)
        {
            LastState = layer.LastState,
        };
        if (Math.Max(form.InputStride, form.Stride) > ManagedPlan.MaxStride)
            return false;
        string[] suffixes = layer.BothWays ? ["l0", "l0_reverse"] : ["l0"];
        PictureLayout from = _layout;
        Add(form.InputStride, PackedPanels.StrideOf((long)form.AllGates) * input.Dimensions[0], numbers =>
            EachStep(from, input,
                [.. suffixes.SelectMany(suffix => numbers(index, $"weight_ih_{suffix}"))],
                [.. suffixes.SelectMany(suffix => numbers(index, $"bias_ih_{suffix}"))]));
        AddScan(index, form, suffixes);
        return true;
    }

    /// <summary>What the vector gives the gates, and the first states, are computed at once.</summary>
    private bool AddUnfolding(int index, UnfoldingLayer layer)
    {
        var form = new RecurrentForm(layer.Cell, layer.Units, layer.Steps, Directions: 1) { Unfolds = true };
        if (Math.Max(form.InputStride, form.Stride) > ManagedPlan.MaxStride)
            return false;
        int labels = IsFirst ? _labels : 0;
        if (!_layout.IsCompact)
            MakePlain();
        PictureLayout from = _layout;
        Add(form.InputStride, form.InputStride * from.Count, numbers =>
        {
            float[] weight = [.. numbers(index, "weight_ih_l0"), .. numbers(index, "initial_weight")];
            float[] bias = [.. numbers(index, "bias_ih_l0"), .. numbers(index, "initial_bias")];
            return new PackedLinear(
                from.IsPlain ? weight : PlacedNumbers.Columns(weight, bias.Length, from, labels), bias, labels);
        });
        AddScan(index, form, ["l0"]);
        return true;
    }

    /// <summary>What the vector gives the gates of the first cell, and the first states of all, at once.</summary>
    private bool AddFeedback(int index, FeedbackLayer layer, Shape input)
    {
        (long inputStride, long stride) = (FeedbackScan.InputStrideOf(layer), FeedbackScan.StrideOf(layer));
        if (Math.Max(inputStride, stride) > ManagedPlan.MaxStride)
            return false;
        int labels = IsFirst ? _labels : 0;
        if (!_layout.IsCompact)
            MakePlain();
        (PictureLayout from, var inputs) = (_layout, (int)input.Count);
        Add(inputStride, inputStride * from.Count, numbers =>
        {
            float[] gates = numbers(index, "bias_ih_l0"), bias = [.. gates, .. numbers(index, "initial_bias")];
            float[] weight =
            [
                .. FeedbackScan.Columns(numbers(index, "weight_ih_l0"), gates.Length, 0, inputs),
                .. numbers(index, "initial_weight"),
            ];
            return new PackedLinear(
                from.IsPlain ? weight : PlacedNumbers.Columns(weight, bias.Length, from, labels), bias, labels);
        });
        Add(stride, FeedbackScan.WeightsOf(layer),
            numbers => new FeedbackScan(layer, inputs, name => numbers(index, name)));
        _layout = FeedbackScan.ResultOf(layer);
        return true;
    }

    /// <summary>Segments lie one after the other in a row, so that each is a row of its own.</summary>
    private bool AddSegments(int index, PerSegmentLayer layer, Shape input)
    {
        Close();
        int segments = input.Axes[0];
        if (IsFirst || !_layout.IsInnermost || (long)_layout.PixelStride * segments != _operations[^1].Stride)
            return false;
        LayerStack inner = layer.OfSegment(input);
        var compiler = new ManagedCompiler(input.Dimensions[0], 0, []);
        for (int i = 0; i < inner.Layers.Count; i++)
        {
            Shape output = i + 1 < inner.Layers.Count ? inner.LayerInputs[i + 1] : inner.OutputShape;
            if (!compiler.Add(i, inner.Layers[i], inner.LayerInputs[i], output))
                return false;
        }
        compiler.Close();
        (List<PlannedOperation> operations, PictureLayout each) = (compiler._operations, compiler._layout);
        if (operations.Exists(operation => operation.Steps.Count > 0
                || operation.Stride * segments > ManagedPlan.MaxStride)
            || operations.Count == 0 || !each.IsInnermost
            || (long)each.PixelStride * each.Pixels != operations[^1].Stride)
            return false;
        int from = _layout.PixelStride;
        foreach (PlannedOperation operation in operations)
        {
            int stride = from;
            Add(operation.Stride * segments, operation.Weights, numbers => new PerPart(operation.Make(
                (i, name) => numbers(index, FormattableString.Invariant($"{i}.{name}"))), segments, stride));
            from = (int)operation.Stride;
        }
        _layout = PictureLayout.Innermost(each.Channels, each.Pixels * segments, each.PixelStride);
        return true;
    }

    private void AddScan(int index, RecurrentForm form, string[] suffixes)
    {
        Add(form.Stride, form.Weights, numbers => new RecurrentScan(form,
            [.. suffixes.Select(suffix => numbers(index, $"weight_hh_{suffix}"))],
            [.. suffixes.Select(suffix => numbers(index, $"bias_hh_{suffix}"))]));
        _layout = form.Result;
        if (TapOf(index) is { } tap)
            AddStep(_ => new TapStep(tap));
    }
}
