using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Ml.Autoencoders.Tests;

/// <summary>
/// Whether files are valid ONNX: as ONNX Runtime finds where every shape and type that it infers has to be the one that
/// is written, and as the standard's own checker finds where Python has it (Debian: <c>python3-onnx</c>).
/// </summary>
internal static class OnnxChecker
{
    private const string Script = """
        import sys, onnx
        for path in sys.argv[1:]:
            onnx.checker.check_model(path, full_check=True)
        print(len(sys.argv) - 1)
        """;

    private static readonly Lazy<bool> IsInPython = new(() => Python("import onnx") is { ExitCode: 0 });

    public static void RequireValid(params string[] files)
    {
        Assert.That(files, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (string file in files)
                Assert.That(() => Load(file), Throws.Nothing, file);
        });
        if (!IsInPython.Value)
            return;
        (int exitCode, string output) = Python(Script, files)!.Value;
        Assert.That((exitCode, output.Trim()), Is.EqualTo((0, $"{files.Length}")), output);
    }

    /// <exception cref="OnnxRuntimeException">It is not valid.</exception>
    public static void Load(string file)
    {
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        using var session = new InferenceSession(file, options);
    }

    /// <summary>How it ended and what it wrote; null where there is no Python.</summary>
    private static (int ExitCode, string Output)? Python(string script, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
