using Ml.Autoencoders.GoldenHashes;

return args switch
{
    [] => Golden.Print(),
    ["--write", var file] => Golden.Write(file),
    ["--compare", var file] => Golden.Compare(file),
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
        """);
    return 2;
}
