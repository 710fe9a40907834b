using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Estimators;

/// <summary>
/// A fit, from data views to a trained model with its description. What is made of the two is up to the caller.
/// </summary>
internal sealed class ModelFit(IHost host, FitChoice choice)
{
    /// <summary>
    /// Trains on <paramref name="input"/>, and hands the model to <paramref name="finish"/> while the rows are in
    /// memory.
    /// </summary>
    /// <typeparam name="T">What it makes of the model, which it then owns.</typeparam>
    /// <param name="host">Of the estimator.</param>
    /// <param name="open">The recipe, completed with what is chosen here, where the data is known.</param>
    /// <param name="input">The rows to learn from.</param>
    /// <param name="validation">The rows to measure on, where they have their own view.</param>
    /// <param name="finish">What is made of the model and its description.</param>
    public static T Run<T>(IHost host, OpenRecipe open, IDataView input, IDataView? validation,
        Func<ModelDescription, AutoencoderModel, TrainingData, T> finish)
    {
        host.CheckValue(input, nameof(input));
        if (validation is not null && open.Typical.Training.ValidationFraction is > 0 and var fraction)
        {
            throw host.Except(string.Create(CultureInfo.InvariantCulture,
                $"The fit is given a validation data view, and TrainingOptions.ValidationFraction is " +
                $"{fraction}. Use one of the two."));
        }
        return new ModelFit(host, new FitChoice(host, open, input.Schema)).Run(input, validation, finish);
    }

    private T Run<T>(IDataView input, IDataView? validation,
        Func<ModelDescription, AutoencoderModel, TrainingData, T> finish)
    {
        TorchLibrary.Load();
        NativeHeap.KeepTemporaries();
        try
        {
            return RunWithTorch(input, validation, finish);
        }
        finally
        {
            NativeHeap.GiveBack();
        }
    }

    private T RunWithTorch<T>(IDataView input, IDataView? validation,
        Func<ModelDescription, AutoencoderModel, TrainingData, T> finish)
    {
        (Recipe recipe, ModelDefinition definition) = choice.BeforeRows;
        using IChannel channel = host.Start("Training");
        Device device = HostDevice.Resolve(host, channel, recipe.Device);
        using ThreadLimit? threads = ThreadLimit.Set(recipe.Training.Threads);
        using TensorFloat32? rounded = TensorFloat32.Allow(recipe.Training.AllowTensorFloat32);
        // A caller may be in no_grad or inference_mode; training needs gradients.
        using IDisposable gradients = inference_mode(false);
        using var scope = NewDisposeScope();

        using var checkpoints = new FitCheckpoints(host, channel, recipe);
        int seed = recipe.Training.Seed ?? checkpoints.Seed ?? ((IHostEnvironmentInternal)host).Seed
            ?? host.Rand.Next();
        var random = new RandomStreams(seed);
        using FitData data =
            new FitRows(host, recipe, definition).Read(input, validation, choice.For, random, device);
        (recipe, definition) = data.Chosen;
        definition = checkpoints.AsBegun(definition);
        channel.Info(
            $"{recipe.Family} autoencoder on {device}: {data.Training.Training.Count:N0} rows of " +
            $"{definition.RowShape} to codes of {recipe.CodeSize}{HiddenSize(recipe, definition)}.");
        if (data.Division is { } division)
            channel.Info("{0}", division);
        if (choice.FollowsRows)
            channel.Info("{0}", FitSummary.Of(data.Chosen, data.Training.Training.Count));
        WarnOfLongCode(recipe, definition.Network, channel);
        if (data.Training.UnevenSlots is { } uneven)
        {
            channel.Warning("{0}. The others hardly count in the loss. " +
                "Set Scaling = InputScaling.Standardize or InputScaling.MinMax.", uneven);
        }
        FitFiles.WarnIfLarge(channel, recipe, definition);
        AutoencoderModel model = Initialize(definition, data, random, device);
        try
        {
            checkpoints.Bind(definition, recipe.Training, seed, data.Digest);
            TrainingResult result = Train(model, recipe.Training, data.Training, random, channel, checkpoints);
            WarnIfNothingWasLearned(result, recipe.Scaling,
                definition.Objective.ReconstructionOfMean(data.Training.Training.SampleTargets()), channel);
            string name = recipe.Columns.Input;
            var description = new ModelDescription(ModelDescription.CurrentVersion, recipe.Columns, definition,
                recipe.Training, result.History, seed)
            {
                TrainedInput = new TrainedInput(
                    ColumnStage.Of(input, name), input.Schema[name].IsNormalized(), data.InputRange),
            };
            return finish(description, model, data.Training);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static string HiddenSize(Recipe recipe, ModelDefinition definition) => recipe.Columns.HiddenWish is null
        ? "" : FormattableString.Invariant($" and {definition.Network.Encoder.HiddenSize:N0} hidden activations");

    private static AutoencoderModel Initialize(ModelDefinition definition, FitData data, RandomStreams random,
        Device device)
    {
        using Generator generator = random.Create(RandomUse.InitialWeights);
        BoundNetwork weights = BoundNetwork.Initialize(definition.Network, generator, device,
            definition.OtherParameters());
        return new AutoencoderModel(definition, weights, data.Units.Scaler?.To(device), device,
            data.Units.TargetScaler?.To(device));
    }

    private TrainingResult Train(AutoencoderModel model, TrainingOptions training, TrainingData data,
        RandomStreams random, IChannel channel, FitCheckpoints checkpoints)
    {
        bool isWarned = false;
        var log = new EpochLog();
        void Report(TrainingEpoch epoch)
        {
            bool isToWarn = !isWarned && !double.IsFinite(epoch.Watched);
            if (log.Takes(epoch, isToWarn))
                channel.Info("{0}", epoch);
            if (isToWarn)
            {
                isWarned = true;
                channel.Warning("{0}", UnmeasurableLoss.Warning(epoch, model.Definition.Scaling, data));
            }
            training.OnEpoch?.Invoke(epoch);
        }

        using var trainer = new Trainer(model, training, random,
            new TrainingCalls(Report, host.CheckAlive, checkpoints.Write));
        checkpoints.Resume(trainer);
        TrainingResult result = trainer.Fit(data);
        if (log.Omitted is { } last)
            channel.Info("{0}", last);
        if (result.WasCanceled)
            channel.Warning($"The fit was canceled; the weights are {Kept(result)}.");
        else if (training.EarlyStopping is not null)
            channel.Info($"The weights are {Kept(result)}.");
        return result;
    }

    /// <summary>Sparse and denoising autoencoders may have long codes where they were chosen: sparsity or noise keeps
    /// them from being copies. A row of keys is as many numbers as its one-hot vectors have.</summary>
    private static void WarnOfLongCode(Recipe recipe, NetworkPlan network, IChannel channel)
    {
        long inputSize = network.Tokens?.Logits ?? network.InputSize;
        bool isHeldBack = recipe.Corruption != Corruption.None
            || recipe.Objective is ReconstructionObjective { SparsityWeight: > 0 };
        if (recipe.CodeSize < inputSize || (isHeldBack && recipe.IsCodeSizeChosen))
            return;
        string remedy = inputSize == 1 ? "" : FormattableString.Invariant($" Set CodeSize below {inputSize}.");
        string keys = network.Tokens is null ? "" : $"{network.Tokens}, which are ";
        channel.Warning("{0}", FormattableString.Invariant(
            $"CodeSize is {recipe.CodeSize}, and a row of column '{recipe.Columns.Input}' has {keys}{inputSize}: ") +
            $"a code as long as its row, or longer, can be a mere copy of it.{remedy}");
    }

    private static void WarnIfNothingWasLearned(TrainingResult result, InputScaling scaling, double errorOfMean,
        IChannel channel)
    {
        // Where numbers are so large that the error of the mean row is not finite, there is nothing to compare with.
        if (result.History is not [.., var last] || !(last.Training.Terms["reconstruction"] > errorOfMean))
            return;
        channel.Warning("{0}", string.Create(CultureInfo.InvariantCulture,
            $"The reconstruction loss ended at {last.Training.Terms["reconstruction"]:G4}; always giving the mean " +
            $"row reaches {errorOfMean:G4}. ") +
            UsualCauses.OfNothingLearned(scaling));
    }

    private static string Kept(TrainingResult result)
    {
        if (result.KeptEpoch > 0)
            return $"those of epoch {result.KeptEpoch}";
        return result.History.Count == 0
            ? "those of an epoch that was not completed"
            : "those of the last batch: no epoch had a validation loss that is a finite number";
    }
}
