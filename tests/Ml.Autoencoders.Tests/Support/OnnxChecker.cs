using Microsoft.ML.OnnxRuntime;

namespace Ml.Autoencoders.Tests;

/// <summary>
/// Whether files are valid ONNX, as ONNX Runtime finds where every shape and type that it infers has to be the one that
/// is written. What the standard's own checker finds is a step of <c>.ci/run</c>, because it needs Python.
/// </summary>
internal static class OnnxChecker
{
    public static void RequireValid(params string[] files)
    {
        Assert.That(files, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (string file in files)
                Assert.That(() => Load(file), Throws.Nothing, file);
        });
    }

    /// <exception cref="OnnxRuntimeException">It is not valid.</exception>
    public static void Load(string file)
    {
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        using var session = new InferenceSession(file, options);
    }
}
