namespace Ml.Autoencoders;

/// <summary>
/// The most that options, arguments and model files may ask for: far above what a model needs, and below what takes all
/// memory, wraps around or never ends. The documentation of each option states its own.
/// </summary>
internal static class Limits
{
    /// <summary>Numbers of a code, and of a hidden layer that an option names.</summary>
    public const int Width = 1 << 24;

    /// <summary>Numbers of a code whose distance from others is measured by a covariance, which takes their square in
    /// memory and their cube in time.</summary>
    public const int DistanceCode = 1_024;

    /// <summary>
    /// Columns of a row times its slots, where some are categories: sums over columns are products
    /// with a matrix of this size.
    /// </summary>
    public const int TableNumbers = 1 << 26;

    /// <summary>The side of a convolution's kernel, and its stride.</summary>
    public const int Convolution = 1 << 16;

    /// <summary>Dimensions of a row between two layers.</summary>
    public const int Rank = 8;

    /// <summary>Layers that lie in each other: as deep as a file that holds them is read.</summary>
    public const int Nesting = 16;

    /// <summary>
    /// Layers of an encoder or a decoder: each takes memory of its own, apart from its numbers, and a place in the
    /// files.
    /// </summary>
    public const int Layers = 10_000;

    /// <summary>Epochs of a fit, or of anything that is counted in them.</summary>
    public const int Epochs = 1_000_000;

    /// <summary>Threads of a fit; more of them end the process in the library that starts them.</summary>
    public const int Threads = 1024;

    /// <summary>Draws of a code for each row in training, and for the score of a detector.</summary>
    public const int Draws = 10_000;

    /// <summary>Draws for each row where they are measured a part at a time.</summary>
    public const int Samples = 1_000_000;

    /// <summary>Vectors of a codebook. Keys travel as Single, which holds every whole number up to far beyond
    /// this.</summary>
    public const int Codebook = 1 << 16;

    /// <summary>Components of a prior or of a mixture.</summary>
    public const int Components = 10_000;

    /// <summary>
    /// Couplings of a prior, and the numbers in a hidden layer of one: each takes tensors of its own.
    /// </summary>
    public const int Couplings = 256;

    public const int CouplingWidth = 1 << 14;

    /// <summary>Rows that one call makes in memory.</summary>
    public const int MadeRows = 10_000_000;

    /// <summary>Rows and columns of a grid of codes.</summary>
    public const int GridSide = 1_000;

    /// <summary>Different values of a column of categories that a fit remembers, and that get a slot.</summary>
    public const int Categories = 1_000_000;

    /// <summary>Characters of a column's name, and of a text that is a category.</summary>
    public const int Name = 4_096;

    /// <summary>Characters of a path.</summary>
    public const int Path = 32_767;

    /// <summary>Numbers of a tensor, and of a row between two layers: as many as an array of Single can hold.</summary>
    public static int Numbers { get; } = Array.MaxLength / sizeof(float);
}
