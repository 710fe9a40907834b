using System.Text.Json.Serialization;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders.Definitions;

/// <summary>A trained autoencoder, apart from its numbers: one choice on each axis. Data only.</summary>
internal sealed record ModelDefinition(
    string Family,
    NetworkPlan Network,
    Bottleneck Bottleneck,
    Objective Objective,
    Corruption Corruption,
    InputScaling Scaling,
    Condition? Condition = null)
{
    /// <summary>What picture a row of the column that the fit read is, where that is known.</summary>
    public ImageFormat? Image { get; init; }

    /// <summary>What is reconstructed; null where that is what is encoded.</summary>
    public Target? Target { get; init; }

    /// <summary>The range that reconstructions are held within; only those of pictures are.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>Whether it is a model of zeros and ones that are drawn from the rows; not in files before version
    /// 3.</summary>
    public Binarization Binarization { get; init; }

    /// <summary>What the score of a detector without drawn codes is made of; not in files before version 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AnomalyScoreKind Score { get; init; }

    /// <summary>Whether a detector says how unlikely the value of each column is given the others; not in files before
    /// version 6.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GivesReasons { get; init; }

    /// <summary>The window that a row is, where the fit read windows of series; not in files before version
    /// 6.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WindowSize? Window { get; init; }

    /// <summary>What the score of a row of a series is; not in files before version 6.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public WindowScore WindowScore { get; init; }

    /// <summary>The names of the keys that a row is made of, in the order of their numbers; null where it is numbers,
    /// or the keys have no names. Not in files before version 7.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? KeyNames { get; init; }

    /// <summary>The slots of the last step of a window, where the score is the error of these; else 0.</summary>
    [JsonIgnore]
    public int LastStep => WindowScore == WindowScore.LastStep ? Window!.Channels : 0;

    /// <summary>
    /// Which columns of a table the slots of a row are: as many as slots, unless some are categories.
    /// </summary>
    [JsonIgnore]
    public SlotColumns Table => Objective.Likelihood.Columns ?? new SlotColumns(Network.OutputSize, []);

    [JsonIgnore]
    public bool Binarizes => Binarization != Binarization.None;

    /// <summary>The shape of a row that the fit read, as the network takes it: a vector, or a planar picture.</summary>
    [JsonIgnore]
    public Shape RowShape => Image?.Shape ?? Shape.Vector(Network.InputSize);

    /// <summary>What picture a row of a size is: one as the fit read it, or one as the encoder takes it.</summary>
    public ImageFormat? ImageOf(long size) =>
        Image is null || size == Image.Shape.Count ? Image : Image.Of(Corruption.Leaves(Image.Shape));

    /// <summary>Checks that each choice is valid and fits the others. A fit ensures that by construction; a file may
    /// hold anything.</summary>
    /// <exception cref="FormatException">One is not, or does not.</exception>
    public void Check(Place place)
    {
        Network.Check(place.Part(nameof(Network)));
        Require.Defined(Scaling, place, nameof(Scaling));
        Bottleneck.Check(place.Part(nameof(Bottleneck)), Network.CodeSize);
        Objective.Check(place.Part(nameof(Objective)), Network.CodeSize);
        Corruption.Check(place.Part(nameof(Corruption)));
        Range?.Check(place.Part(nameof(Range)));
        Require.Defined(Score, place, nameof(Score));
        CheckBinarization(place);
        CheckCategories(place);
        CheckWindows(place);
        CheckTokens(place);
        CheckOthers(place);
        CheckCondition(place);
        CheckCode(place);
        CheckRows(place);
    }

    /// <summary>The tensors that bottleneck, objective, likelihood and score hold besides the network's.</summary>
    public IEnumerable<ParameterSpec> OtherParameters() =>
        [.. Bottleneck.Parameters(Network.CodeSize), .. Objective.Parameters(Network),
            .. Objective.Likelihood.Parameters,
            .. ScoreNumbers.Of(Score, Network.CodeSize, Network.OutputSize),
            .. GivesReasons ? ScoreNumbers.OfReasons(Table.Count) : []];

    private void CheckBinarization(Place place)
    {
        Require.Defined(Binarization, place, nameof(Binarization));
        if (Binarizes && !Objective.Likelihood.NeedsUnitInterval)
            throw place.Error(nameof(Binarization),
                $"is {Binarization}; the likelihood is not one of zeros and ones, so it must be none.");
        if (Binarizes && Scaling != InputScaling.None)
            throw place.Error(nameof(Binarization),
                $"is {Binarization}; with the scaling {Scaling} it must be none.");
    }

    private void CheckCategories(Place place)
    {
        if (GivesReasons && (!Network.MarksGaps || Target is not null))
            throw place.Error(nameof(GivesReasons), "is true; the network cannot be told what is hidden from it, or " +
                "reconstructs something else.");
        if (Objective.Likelihood.Columns is not { } columns)
            return;
        Place likelihood = place.Part(nameof(Objective)).Part(nameof(Objective.Likelihood));
        if (columns.Slots != Network.OutputSize)
            throw likelihood.Error(nameof(MixedLikelihood.Slots),
                $"is {columns.Slots}; the decoder gives {Network.OutputSize} numbers.");
        if (Image is not null || Target is not null)
            throw likelihood.Error(nameof(MixedLikelihood.Categories), "is given; a model of " +
                $"{(Image is null ? "pairs" : "pictures")} has no categories.");
    }

    private void CheckWindows(Place place)
    {
        Window?.Check(place.Part(nameof(Window)));
        if (Window is not null && (Window.Count != Network.InputSize || Image is not null))
            throw place.Error(nameof(Window), $"is {Window}; the model takes " +
                $"{(Image is null ? $"{Network.InputSize} numbers per row" : "pictures")}.");
        Require.Defined(WindowScore, place, nameof(WindowScore));
        if (WindowScore == WindowScore.Window)
            return;
        if (Window is null)
            throw place.Error(nameof(WindowScore), $"is {WindowScore}; the rows are not windows of series.");
        if (WindowScore == WindowScore.LastStep
            && (Score != AnomalyScoreKind.ReconstructionError || Objective.MeasuresProbability
                || Objective.Likelihood.Columns is not null))
            throw place.Error(nameof(WindowScore), $"is {WindowScore}; the score is not a reconstruction error.");
    }

    /// <summary>What holds for rows of keys holds for them alone.</summary>
    private void CheckTokens(Place place)
    {
        TokenFormat? tokens = Network.Tokens;
        var categorical = Objective.Likelihood as CategoricalLikelihood;
        if (tokens != (categorical is null ? null : new TokenFormat(categorical.Steps, categorical.Classes)))
            throw place.Part(nameof(Objective)).Error(nameof(Objective.Likelihood), "is one of " +
                $"{(categorical is null ? "numbers" : $"{categorical.Steps} keys of {categorical.Classes}")}; " +
                $"the network's rows are {(tokens is null ? "numbers" : $"{tokens}")}.");
        CheckKeyNames(tokens, place);
        if (tokens is null)
            return;
        string? obstacle = Scaling != InputScaling.None ? $"the scaling {Scaling}"
            : Image is not null ? "a picture"
            : Target is not null ? "another column to reconstruct"
            : Window is not null ? "windows of numbers"
            : Objective.Prior is VampPrior ? $"the prior {Objective.Prior}"
            : Score != AnomalyScoreKind.ReconstructionError ? $"the score {Score}"
            : CorruptionFault;
        if (obstacle is not null)
            throw place.Part(nameof(Network)).Error(nameof(Network.Tokens),
                $"are {tokens}, with {obstacle}; rows of keys have none.");
    }

    /// <summary>Of rows of keys, the corruption that changes more than which of them are known; null where there is
    /// none.</summary>
    [JsonIgnore]
    public string? CorruptionFault =>
        Corruption.Links.FirstOrDefault(link => link is not (MaskingNoise or NoCorruption)) is { } other
        ? $"the corruption {other}" : null;

    private void CheckKeyNames(TokenFormat? tokens, Place place)
    {
        if (KeyNames is null)
            return;
        if (KeyNames.Count != tokens?.Classes)
            throw place.Error(nameof(KeyNames), FormattableString.Invariant($"are {KeyNames.Count} names; ") +
                $"{(tokens is null ? "rows of numbers have none" : $"the rows are {tokens}")}.");
        for (int i = 0; i < KeyNames.Count; i++)
        {
            // A JSON list can hold null, whatever its type says.
            if (KeyNames[i] is null)
                throw place.Part(nameof(KeyNames)).At(i).Fault("the list holds null where a name must be.");
        }
    }

    /// <summary>Checks that the other tensors can be held in memory, too.</summary>
    /// <exception cref="NetworkException">A tensor would be larger than an array can be.</exception>
    public void RequireBuildable()
    {
        foreach (ParameterSpec spec in OtherParameters())
            spec.RequireBuildable();
    }

    private void CheckOthers(Place place)
    {
        try
        {
            RequireBuildable();
        }
        catch (NetworkException error)
        {
            throw place.Fault(error.Message);
        }
    }

    /// <summary>The bottleneck takes what the encoder gives, and objective and decoder take what the bottleneck
    /// makes.</summary>
    private void CheckCode(Place place)
    {
        int expected = Bottleneck.EncoderOutputs(Network.CodeSize);
        if (Network.Encoder.OutputShape.Count != expected)
        {
            throw place.Part(nameof(Network)).Error(nameof(Network.Encoder),
                $"gives {Network.Encoder.OutputShape} numbers; for codes of {Network.CodeSize}, which the decoder " +
                $"takes, it must give {expected}.");
        }
        if (Objective.Lacks(Bottleneck) is { } lack)
            throw place.Error(nameof(Bottleneck), $"is not one that the objective can use: it needs {lack}.");
        if (Objective.Likelihood.NeedsUnitInterval
            && Network.Decoder.Layers is not [.., ActivationLayer { Function: Activation.Sigmoid }])
            throw place.Part(nameof(Objective)).Error(nameof(Objective.Likelihood),
                "needs a decoder that ends in a sigmoid; the network's does not.");
    }

    /// <summary>Encoder and decoder take and give rows of the sizes that columns and corruption imply.</summary>
    private void CheckRows(Place place)
    {
        Image?.Check(place.Part(nameof(Image)));
        if (Network.MarksGaps && (Image is not null || Binarizes))
            throw place.Part(nameof(Network)).Error(nameof(Network.MarksGaps),
                $"is true; a model of {(Binarizes ? "binarized rows" : "pictures")} takes no rows with gaps.");
        if (Image is null && Corruption.NeedsImage)
            throw place.Error(nameof(Image), "is null; the corruption is one of pictures.");
        if (Corruption.NeedsImage && Scaling != InputScaling.None)
            throw place.Error(nameof(Scaling),
                $"is {Scaling}; with a corruption that moves values from slot to slot it must be none.");
        if (Image is null)
            CheckVectors(place);
        else
            CheckPictures(place, Image);
        if (Target is not null)
            Target.Check(place.Part(nameof(Target)), Network.OutputSize);
        else if (Corruption.Reduces)
            throw place.Error(nameof(Target),
                "is null; the corruption makes rows of another size than those reconstructed.");
        else if (Network.OutputSize != Network.InputSize)
            throw place.Part(nameof(Network)).Error(nameof(Network.Decoder),
                $"gives {Network.OutputSize} numbers per row; it must give {Network.InputSize}, as many as are " +
                "encoded.");
        if (Target?.Image is { } wanted && Network.OutputPicture is { IsImage: true } given
            && !given.Equals(wanted.Shape))
            throw place.Part(nameof(Network)).Error(nameof(Network.Decoder),
                $"gives pictures of {given}; the target's are {wanted.Shape}.");
    }

    private void CheckVectors(Place place)
    {
        try
        {
            Corruption.Leaves(Shape.Vector(Network.InputSize));
        }
        catch (NetworkException error)
        {
            throw place.Part(nameof(Corruption)).Fault(error.Message);
        }
    }

    private void CheckPictures(Place place, ImageFormat image)
    {
        Shape seen;
        try
        {
            seen = Corruption.Leaves(image.Shape);
        }
        catch (NetworkException error)
        {
            throw place.Error(nameof(Image), $"is {image}: {error.Message}");
        }
        if (seen.Count != Network.InputSize)
            throw place.Error(nameof(Image),
                $"is {image}, of which the encoder gets {seen}; it takes {Network.InputSize} numbers per row.");
        if (Network.Picture is { } picture && !picture.Equals(seen))
            throw place.Error(nameof(Image),
                $"is {image}, of which the encoder gets {seen}; it takes pictures of {picture}.");
    }

    private void CheckCondition(Place place)
    {
        Condition?.Check(place.Part(nameof(Condition)));
        int labels = Condition?.Labels.Count ?? 0;
        if (labels != Network.ConditionSize)
            throw place.Part(nameof(Network)).Error(nameof(Network.ConditionSize),
                $"is {Network.ConditionSize}; the condition has {labels} labels.");
    }
}
