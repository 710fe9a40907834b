using Ml.Autoencoders.Benchmarks;

// One measurement a run, so that no two share a process or the cores.
return args switch
{
    ["scoring"] => ScoringSpeed.Run(),
    ["reference"] => ReferenceLoss.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        scoring     rows a second through the data view and a PredictionEngine, against plain TorchSharp
        reference   test loss of 784-128-64-32 with binary cross-entropy on MNIST after 20 epochs
        """);
    return 2;
}
