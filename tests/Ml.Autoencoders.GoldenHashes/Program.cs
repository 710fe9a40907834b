using Ml.Autoencoders.GoldenHashes;

return args switch
{
    [] => Golden.Print(),
    ["--write", var file] => Golden.Write(file),
    ["--compare", var file] => Golden.Compare(file),
    ["--onnx", var folder] => OnnxFiles.Write(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Hashes of what every family and detector computes after two epochs: weights, losses, columns, likelihoods,
        samples, ONNX files.

        (nothing)        prints them
        --write FILE     writes them
        --compare FILE   compares them with those of a file from the same machine; 1 where one differs or is missing
        --onnx FOLDER    writes the ONNX files of the same families and detectors there, for eng/check-onnx.py
        """);
    return 2;
}
