using System.Diagnostics;
using Microsoft.ML;
using Ml.Autoencoders.Tests.Conformance;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>What the standard's own checker says of exported files, where Python has it (Debian: <c>python3-onnx</c>).</summary>
internal sealed class OnnxCheckerTests
{
    private const string Script = """
        import sys, onnx
        for path in sys.argv[1:]:
            onnx.checker.check_model(path, full_check=True)
        print(len(sys.argv) - 1)
        """;

    private readonly MLContext _ml = new();

    [Test]
    public void It_accepts_every_file()
    {
        if (Python("import onnx") is not { ExitCode: 0 })
            Assert.Pass("NOT CHECKED: there is no Python with the package onnx here. ONNX Runtime has loaded each kind of file in the other tests.");
        using var folder = new TemporaryFolder();
        foreach (Family family in Family.All)
        {
            for (int i = 0; i < FamilyTests.ExportedNetworks.Length; i++)
            {
                using AutoencoderTransformer model = family.MakeFull(_ml, [.. FamilyTests.EveryColumn(family),
                    (nameof(AutoencoderOptions.Network), FamilyTests.ExportedNetworks[i]),
                    (nameof(AutoencoderOptions.Loss), i == 0 ? ReconstructionLoss.MeanSquaredError : ReconstructionLoss.BinaryCrossEntropy),
                    (nameof(AutoencoderOptions.Scaling), i == 0 ? InputScaling.Standardize : InputScaling.MinMax),
                    (nameof(AutoencoderOptions.ConditionColumnName), i < 2 ? "Kind" : null)]).Fit(LabelledRows.View(_ml, 40));
                foreach (OnnxPart part in Enum.GetValues<OnnxPart>())
                    model.SaveOnnx(folder.File($"{family} {i} {part}.onnx"), part);
            }
        }
        foreach (Detector detector in Detector.All)
        {
            using AutoencoderAnomalyTransformer model = detector.MakeFull(_ml, (nameof(AnomalyOptions.ConditionColumnName), "Kind")).Fit(LabelledRows.View(_ml, 40));
            model.SaveOnnx(folder.File($"{detector} detector.onnx"));
        }
        string[] files = Directory.GetFiles(folder.Path);
        (int exitCode, string output) = Python(Script, files)!.Value;
        Assert.That((exitCode, output.Trim()), Is.EqualTo((0, $"{files.Length}")), output);
    }

    /// <summary>How it ended and what it wrote; null where there is no Python.</summary>
    private static (int ExitCode, string Output)? Python(string script, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
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
