namespace Ml.Autoencoders.Benchmarks;

/// <summary>What is printed where the command is none of those that there are.</summary>
internal static class CommandList
{
    private const string Text = """
        scoring     rows per second through the data view and a PredictionEngine, against plain TorchSharp; 1 if too few
        without-torch
                    models of pictures in managed code and in torch: numbers, rows per second on one thread, and the
                    time from the start of a process to its first prediction; 1 where a bound is missed
        optimizer   training steps per second with torch's Adam and with the managed one
        training [name...] [rounds]
                    a fit of five epochs through the pipeline, against a TorchSharp loop written by hand
        kernels [start of a name]
                    each operation that has code of our own on a processor, forward and backward, beside torch's
        kills [count]
                    whether a fit that is killed and started again ends with the weights of one that is not
        fuzz [archives N] [checkpoints N] [weights N] [seed S] [out FOLDER]
                    damaged and hostile files, read in processes of their own; 1 if one is answered with anything but an
                    error or well-defined numbers
        memory      peak memory of a fit of 60,000 rows of 784 numbers, over a process that has only loaded torch
        discrepancy-memory
                    peak memory and time of the losses that compare all rows of a batch, by batch size; 1 if beyond the bound
        streaming   peak memory, error and time of fits to rows that are more than the memory for them
        pca         fit and transform of a dense autoencoder against those of ML.NET's PCA
        pca-fairness
                    explained variance of both PCAs in the comparison, on columns far from 0 and on doubled ones; 1 if it is not what codes hold
        peak        operations per second of fits, against those of torch's matrix product
        many-fits   live tensors and memory over 200 fits in one process
        same-answers
                    whether rows give the same bits again, on one thread and two, alone, and of a loaded model; 1 where they do not
        linear      time a row of fits of 15,000, 60,000 and 240,000 rows
        reference   test loss of 784-128-64-32 with binary cross-entropy on MNIST after 20 epochs
        variational-reference
                    test loss of the variational 784-400-20 on MNIST after ten epochs, beside the known ones
        prior       how near codes of MNIST are to their prior, before the fit and after it, of five families
        likelihood [rows epochs [name...]]
                    ln p(x) of binarized MNIST with each prior; 1 where a learned one gains too little. With arguments:
                    of training digits that are held back, for those that are named
        codebook    error and codebook use of a vector-quantized autoencoder on MNIST
        spherical   nearest neighbors of codes of MNIST on a sphere, beside those of normal codes; 1 if too few are right
        features    accuracy of classifiers on codes of MNIST by DenoisingOptions.ImageFeatures, by denoising and by PCA
        feature-search [rows epochs [name...]]
                    the same for what was tried on the way there, on training digits held back
        table-features --data FOLDER
                    accuracy of classifiers of tables on raw columns, PCA, codes, random features, and the column of
                    DenoisingOptions.TableFeatures, on test rows; 1 where a bound is missed
        table-features search --data FOLDER
                    the figures, on training rows held back, by which classifiers' settings and the preset were chosen
        table-features cost
                    time of fits of that preset; 1 where a bound is missed
        table-features digits
                    hidden activations of encoders of MNIST before a linear classifier; 1 where the code is better
        tables --data FOLDER
                    areas under the ROC curve of the detector with no option set on tables with anomalies, beside those
                    of other methods; 1 where a bound is missed
        tables search|gaps --data FOLDER
                    what those options were chosen from; gaps left out against means in them: 1 where that is worse
        tables time|mixed
                    time of such a fit and of its scores; pairs of categories that do not go together; 1 as above
        series --data FOLDER
                    VUS-PR of one setting of the detector for all series of a folder, beside PCA of the same windows,
                    Spectral Residual, and published figures; 1 where a bound is missed
        series search [WORD...] --data FOLDER
                    what that setting was chosen from: everything, or what has one of the words in its name
        series oracle --data FOLDER
                    VUS-PR, VUS-ROC and AUC-PR of simple scores beside the figures of the authors' code, and their time;
                    1 where they differ by more than 0.001
        series memory
                    peak memory of a fit on windows of 60 of 1,000,000 rows of 8 numbers, over a process that has
                    only loaded torch; 1 if beyond the bound
        series features [search]
                    codes of windows of movements before a linear classifier with 20 labels per class, beside PCA and
                    the windows themselves; 1 where they gain too little. Search: what they were chosen from
        series speed [--short|start of a name]
                    fits of networks over sequences against loops by hand, Transform against batches; 1 where a bound is
                    missed
        melodies --data FOLDER [--short]
                    melodies of two bars by two settings: how many steps are given back, what a code holds, what drawn
                    melodies are like, and a blend; 1 where a bound is missed. Short: a part of the data, no bounds
        melodies decoders --data FOLDER [--short]
                    convolutional and recurrent decoders after a few epochs
        denoising   strong noise taken off MNIST by filters and by autoencoders
        super-resolution
                    MNIST made smaller and enlarged again, by interpolation and by an autoencoder
        """;

    public static int Print()
    {
        Console.Error.WriteLine(Text);
        return 2;
    }
}
