using System.Reflection;
using Google.Protobuf;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Onnx.Protocol;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Arrays;

/// <summary>Each operation of single numbers, found by reflection, gives the same in every back end.</summary>
internal sealed class BackEndTests : TensorTests
{
    /// <summary>To both sides of 0.</summary>
    private static readonly float[] First = [-2.5f, -1, -0.3f, -1e-3f, 0.2f, 0.7f, 1, 2.2f, 0.01f];
    private static readonly float[] Second = [0.9f, -0.4f, 0.1f, 1, 0.6f, -0.2f, 0.3f, 0.5f, 0.8f];
    private static readonly float[] Third = [0.5f, 2, 0.7f, -1, 3, 0.4f, 1.5f, -0.6f, 1];

    private static IEnumerable<MethodInfo> Operations() =>
        typeof(IElementwise<>).GetMethods().Concat(typeof(IArithmetic<>).GetMethods());

    [Test]
    public void An_operation_gives_the_same_numbers_everywhere()
    {
        var graph = new OnnxGraph(_ => [], ["x", "y", "z", .. Operations().Select((_, i) => Name(i))]);
        OnnxArray Input(string name) => new(graph.Input(name, DataType.Float, 1), -1, 1);
        OnnxArray[] inputs = [Input("x"), Input("y"), Input("z")];
        MethodInfo[] operations = [.. Operations()];
        for (int i = 0; i < operations.Length; i++)
            graph.Output(Name(i), DataType.Float, 1, Call(operations[i], inputs).Value);
        float[][] found = Run(graph, operations.Length);
        Assert.That(operations, Has.Length.GreaterThan(25));
        Assert.Multiple(() =>
        {
            for (int i = 0; i < operations.Length; i++)
            {
                string name = operations[i].ToString()!;
                float[] torchs = Call(operations[i],
                    [.. Numbers().Select(numbers => new TorchArray(tensor(numbers)))]).Floats();
                Assert.That(found[i], Is.EqualTo(torchs).Within(2e-6), $"ONNX: {name}");
                Assert.That(InLanes(operations[i]), Is.EqualTo(torchs).Within(2e-6), $"lanes: {name}");
                if (operations[i].DeclaringType == typeof(IArithmetic<>))
                    Assert.That(InDouble(operations[i]), Is.EqualTo(torchs).Within(2e-6), $"double: {name}");
            }
        });
    }

    /// <summary>An operation of a row, of a loop over the row, or of a number has to stand in each table, since the
    /// compiler asks for all members of an interface.</summary>
    [Test]
    public void Every_back_end_is_known() => Assert.That(
        typeof(IArithmetic<>).Assembly.GetTypes()
            .Where(type => type.IsValueType && type.GetInterfaces().Any(IsArithmetic)),
        Is.EquivalentTo(new[] { typeof(TorchArray), typeof(OnnxArray), typeof(Lanes), typeof(Number) }));

    private static bool IsArithmetic(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IArithmetic<>);

    private static string Name(int operation) => $"operation{operation}";

    private static float[][] Numbers() => [First, Second, Third];

    private static float[] InLanes(MethodInfo operation)
    {
        var results = new float[First.Length];
        for (int i = 0; i < results.Length; i++)
        {
            int at = i;
            Lanes[] inputs = [.. Numbers().Select(numbers =>
                new Lanes(System.Runtime.Intrinsics.Vector256.Create(numbers[at])))];
            results[i] = Call(operation, inputs).Numbers[0];
        }
        return results;
    }

    private static float[] InDouble(MethodInfo operation) => [.. Enumerable.Range(0, First.Length).Select(i =>
        (float)Call(operation, [.. Numbers().Select(numbers => new Number(numbers[i]))]).Value)];

    /// <summary>An operation of a back end, with positive numbers where it needs them.</summary>
    private static T Call<T>(MethodInfo operation, T[] inputs) where T : IArithmetic<T>
    {
        T first = operation.Name is nameof(Number.Log) or nameof(Number.Sqrt) ? inputs[0].Abs() + 0.1 : inputs[0];
        Type[] parameters = [.. operation.GetParameters().Select(parameter => parameter.ParameterType)];
        int given = operation.IsStatic ? 0 : 1;
        object?[] arguments = [.. parameters.Select((type, i) =>
            type == typeof(double) ? 0.3 + (i == 0 ? -0.5 : 0)
            : type == typeof(ForwardMode) ? ForwardMode.Prediction
            : (object)(given + i == 0 ? first : inputs[given + i]))];
        Type[] own = [.. parameters.Select(type => type.IsGenericParameter ? typeof(T) : type)];
        MethodInfo found = typeof(T).GetMethod(operation.Name, own)
            ?? throw new InvalidOperationException($"{typeof(T).Name} has no {operation}.");
        return (T)found.Invoke(operation.IsStatic ? null : first, arguments)!;
    }

    private static float[][] Run(OnnxGraph graph, int count)
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder.File("operations.onnx")))
            new ModelProto
            {
                IrVersion = 8,
                Graph = graph.Finish(),
                OpsetImport = { new OperatorSetIdProto { Version = 17 } },
            }.WriteTo(file);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(folder.File("operations.onnx"));
        using var outputs = session.Run([.. new[] { "x", "y", "z" }.Zip(Numbers(), (name, numbers) =>
            Microsoft.ML.OnnxRuntime.NamedOnnxValue.CreateFromTensor(name,
                new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<float>(numbers, [numbers.Length, 1])))]);
        return [.. Enumerable.Range(0, count).Select(i =>
            outputs.Single(output => output.Name == Name(i)).AsEnumerable<float>().ToArray())];
    }
}
