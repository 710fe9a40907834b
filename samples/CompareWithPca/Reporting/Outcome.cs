namespace CompareWithPca.Reporting;

/// <summary>Who is better.</summary>
internal enum Outcome
{
    /// <summary>An autoencoder.</summary>
    Autoencoder,

    /// <summary>A PCA.</summary>
    Pca,

    /// <summary>They read the same, or chance could have made the difference.</summary>
    Undecided,
}
