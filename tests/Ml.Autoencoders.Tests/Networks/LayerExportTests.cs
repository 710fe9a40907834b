using System.Reflection;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Onnx.Protocol;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Each kind of layer with random numbers, computed by torch and by ONNX Runtime.</summary>
internal sealed class LayerExportTests : TensorTests
{
    private static readonly Shape Vector = Shape.Vector(24);
    private static readonly Shape Odd = Shape.Image(3, 7, 5);
    private static readonly Shape Series = Shape.Sequence(5, 21);

    private static IEnumerable<TestCaseData> Cases()
    {
        (Shape, Layer)[] cases =
        [
            (Vector, new LinearLayer(7)),
            (Vector, new BatchNormLayer()),
            (Odd, new BatchNormLayer()),
            (Vector, new LayerNormLayer()),
            (Odd, new LayerNormLayer()),
            (Vector, new DropoutLayer(0.5f)),
            (Vector, new ReshapeLayer(Shape.Image(2, 3, 4))),
            (Odd, new ReshapeLayer(null)),
            (Vector, new ReshapeLayer(null)),
            (Vector, new ConditionedReshapeLayer(Shape.Image(1, 4, 5), 4)),
            (Vector, new ConditionedReshapeLayer(Shape.Image(2, 1, 11), 2)),
            .. from kernel in new[] { 1, 2, 3 }
               from stride in new[] { 1, 2, 3 }
               from padding in new[] { 0, 1 }
               select (Odd, (Layer)new ConvolutionLayer(4, kernel, stride, padding)),
            .. from kernel in new[] { 2, 3 }
               from stride in new[] { 1, 2, 3 }
               from padding in new[] { 0, 1 }
               select (Odd, (Layer)new TransposedConvolutionLayer(4, kernel, stride, padding, stride > 1 ? 1 : 0, 0)),
            (Odd, new TransposedConvolutionLayer(1, 3, 2, 1, 0, 1)),
            (Odd, new ConvolutionLayer(4, [3, 2], [1, 2], [2, 0])),
            (Odd, new TransposedConvolutionLayer(4, [2, 3], [2, 1], [0, 1], 1, 0)),
            (Odd, new LinearLayer(3) { LastAxis = true }),
            (Odd, new LayerNormLayer { LastAxis = true }),
            (Odd, new ReshapeLayer(Series)),
            (Vector, new ReshapeLayer(Shape.Sequence(3, 8))),
            (Vector, new ConditionedReshapeLayer(Shape.Sequence(2, 10), 4)),
            (Vector, new TokenLayer(24, 3)),
            (Vector, new TokenLayer(20, 2) { Labels = 4 }),
            (Series, new ReshapeLayer(null)),
            (Series, new ReshapeLayer(Odd)),
            (Series, new BatchNormLayer()),
            (Series, new LayerNormLayer()),
            (Series, new LayerNormLayer { LastAxis = true }),
            (Series, new LinearLayer(4) { LastAxis = true }),
            (Series, new ConvolutionLayer(4, 7, 2, 3)),
            (Series, new ConvolutionLayer(1, 4, 3, 0)),
            (Series, new TransposedConvolutionLayer(4, 3, 2, 1, 1, 1)),
            (Series, new TransposedConvolutionLayer(1, 2, 3, 0, 0, 0)),
            (Series, new ResidualLayer([new ConvolutionLayer(5, 3, 1, 1), new ActivationLayer(Activation.Tanh)])),
            (Vector, new ResidualLayer([new LinearLayer(6), new BatchNormLayer(), new LinearLayer(24)])),
            (Series, new PerStepLayer([new LinearLayer(4), new LayerNormLayer(), new BatchNormLayer(),
                new ResidualLayer([new LinearLayer(4), new ActivationLayer(Activation.Elu)])])),
            .. OverSteps(),
            .. Enum.GetValues<Activation>().Select(function => (Vector, (Layer)new ActivationLayer(function))),
        ];
        return cases.Select(layer => new TestCaseData(layer.Item1, layer.Item2)
            .SetArgDisplayNames(layer.Item1.ToString(), layer.Item2.ToString()));
    }

    private static IEnumerable<(Shape, Layer)> OverSteps() =>
    [
        .. from kernel in new[] { 1, 3, 4 }
           from dilation in new[] { 1, 2, 15 }
           select (Series, (Layer)new CausalConvolutionLayer(4, kernel, dilation)),
        .. from cell in Enum.GetValues<RecurrentCell>()
           from isBothWays in new[] { false, true }
           from isLast in new[] { false, true }
           select (Series, (Layer)new RecurrentLayer(cell, 3) { BothWays = isBothWays, LastState = isLast }),
        .. Enum.GetValues<RecurrentCell>().Select(cell => (Vector, (Layer)new UnfoldingLayer(cell, 5, 4))),
        .. from cell in Enum.GetValues<RecurrentCell>()
           from units in new int[][] { [5], [3, 4] }
           from final in new Activation?[] { null, Activation.Sigmoid }
           select (Vector, (Layer)new FeedbackLayer(cell, units, 4, 2, 0.5f) { Final = final }),
        (Vector, new FeedbackLayer(RecurrentCell.Gru, [3], 1, 1, 0)),
        (Series, new PerSegmentLayer([new FeedbackLayer(RecurrentCell.Gru, [3, 2], 4, 2, 0)])),
        (Series, new PerSegmentLayer([new FeedbackLayer(RecurrentCell.Lstm, [3], 2, 5, 0) { GivesLogOdds = true }])),
        (Series, new PerSegmentLayer([new UnfoldingLayer(RecurrentCell.Lstm, 3, 4),
            new RecurrentLayer(RecurrentCell.Gru, 2), new PerStepLayer([new LinearLayer(3)])])),
        .. Enum.GetValues<RecurrentCell>().Select(cell =>
            (Vector, (Layer)new FeedbackLayer(cell, [3, 4], 6, 5, 0) { GivesLogOdds = true })),
    ];

    /// <summary>In the version of files, and as it becomes part of what ML.NET's own export writes.</summary>
    [TestCaseSource(nameof(Cases))]
    public void ONNX_Runtime_computes_what_torch_does(object shape, object layer)
    {
        RequireSame((Shape)shape, (Layer)layer, OnnxOperators.OfFiles, read: OnnxOperators.OfFiles);
        RequireSame((Shape)shape, (Layer)layer, OnnxOperators.Oldest, read: OnnxOperators.Oldest);
        RequireSame((Shape)shape, (Layer)layer, OnnxOperators.Oldest, read: 12);
    }

    [Test]
    public void A_token_that_is_not_a_class_is_class_0_in_ONNX_Runtime_too() => RequireSame(Vector,
        new TokenLayer(24, 3), OnnxOperators.OfFiles, read: OnnxOperators.OfFiles,
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3, 3.01f, -0f, 1e30f, -1e30f]);

    /// <param name="shape">The shape of rows.</param>
    /// <param name="layer">What is done to them.</param>
    /// <param name="written">The version of the operators that are written.</param>
    /// <param name="read">The version that the file says.</param>
    /// <param name="first">The first numbers, where they are to be others.</param>
    private static void RequireSame(Shape shape, Layer layer, int written, int read, params float[] first)
    {
        var stack = new LayerStack(shape, [layer]);
        long size = stack.InputShape.Count;
        // Near 0, where functions bend, and far from it.
        Tensor rows = Uniform([9, size], -4, 4, seed: 3);
        if (first.Length > 0)
            rows[0].narrow(0, 0, first.Length).copy_(tensor(first));
        Dictionary<string, Tensor> tensors = stack.Parameters("layers")
            .ToDictionary(spec => spec.Name, spec => Uniform(spec.Shape, 0.1, 1, seed: 5), StringComparer.Ordinal);
        Tensor expected = new BoundStack(stack, "layers", name => tensors[name])
            .Run(rows.reshape(stack.InputShape.WithBatch()), ForwardMode.Prediction);

        var graph = new OnnxGraph(name => tensors[name].Floats(), ["rows", "values"], written);
        OnnxValue input = graph.Input("rows", DataType.Float, size)
            .Reshaped([0, .. stack.InputShape.WithBatch().AsSpan(1)]);
        graph.Output("values", DataType.Float, stack.OutputShape.Count,
            stack.Export(input, "layers").To("Flatten", OnnxAttribute.Of("axis", 1)));
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder.File("layer.onnx")))
            new ModelProto
            {
                // The formats that came with them.
                IrVersion = read == OnnxOperators.OfFiles ? 8 : 4,
                Graph = graph.Proto,
                OpsetImport = { new OperatorSetIdProto { Version = read } },
            }.WriteTo(file);
        using var session = new OnnxSession(folder.File("layer.onnx"));
        float[][] found = session.Run("rows", [.. rows.Floats().Chunk((int)size)])["values"];
        Assert.That(found, Near.To(expected.Floats().Chunk((int)stack.OutputShape.Count)));
    }

    [Test]
    public void No_kind_of_layer_is_forgotten() => Assert.That(
        Cases().Select(test => test.Arguments[1]!.GetType()).Distinct(),
        Is.EquivalentTo(typeof(Layer).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(kind => kind.DerivedType)));
}
