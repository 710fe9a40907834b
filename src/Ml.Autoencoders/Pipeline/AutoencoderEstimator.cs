using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Pipeline;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders;

/// <summary>Trains an autoencoder on a vector column. Made by the methods of <see cref="AutoencoderCatalog"/>.</summary>
/// <remarks>Immutable; one estimator can be fitted any number of times.</remarks>
public sealed class AutoencoderEstimator : IEstimator<AutoencoderTransformer>
{
    private readonly IHost _host;
    private readonly Recipe _recipe;

    internal AutoencoderEstimator(IHostEnvironment environment, Recipe recipe)
    {
        _host = environment.Register($"{recipe.Family}Autoencoder");
        _recipe = recipe;
    }

    /// <summary>The columns that the fitted transformer will have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or not a vector of Single.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        SchemaShape.Column input = InputColumn.Find(_host, inputSchema, _recipe.Columns.Input);
        if (_recipe.Columns.Condition is { } condition)
            LabelColumn.Find(_host, inputSchema, condition);
        IEnumerable<SchemaShape.Column> outputs = ScoringMapping.PromisedBy(_recipe.Columns).Select(output => output.Shape(input));
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (SchemaShape.Column output in outputs)
            columns[output.Name] = output;
        return new SchemaShape(columns.Values);
    }

    /// <summary>Trains on all rows of <paramref name="input"/>, which are read once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, or not a vector of Single of known size.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a value is missing or infinite, the network does not
    /// fit the column, the device is not there, or the loss stopped being a finite number.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled, and throws when it is.</exception>
    public AutoencoderTransformer Fit(IDataView input) => FitCore(input, null);

    /// <summary>Trains on <paramref name="input"/>, and measures the loss behind every epoch on <paramref name="validation"/>.</summary>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public AutoencoderTransformer Fit(IDataView input, IDataView validation)
    {
        _host.CheckValue(validation, nameof(validation));
        if (_recipe.Training.ValidationFraction > 0)
        {
            throw _host.Except(FormattableString.Invariant(
                $"The fit is given a validation data view, and TrainingOptions.ValidationFraction is {_recipe.Training.ValidationFraction}. Use one of the two."));
        }
        return FitCore(input, validation);
    }

    private AutoencoderTransformer FitCore(IDataView input, IDataView? validation)
    {
        _host.CheckValue(input, nameof(input));
        (_, int size) = InputColumn.Find(_host, input.Schema, _recipe.Columns.Input);
        LabelColumn? label = _recipe.Columns.Condition is { } name ? LabelColumn.Find(_host, input.Schema, name) : null;
        ModelDefinition definition = Define(size, label);
        using IChannel channel = _host.Start("Training");
        Device device = HostDevice.Resolve(_host, channel, _recipe.Device);
        using ThreadLimit? threads = ThreadLimit.Set(_recipe.Training.Threads);
        // A caller may be in no_grad or inference_mode; training needs gradients.
        using IDisposable gradients = inference_mode(false);
        using var scope = NewDisposeScope();

        int seed = Seed();
        var random = new RandomStreams(seed);
        (TrainingData data, InputScaler? learned, Condition? condition) = new FitRows(_host, _recipe, definition).Read(input, validation, random, device);
        using InputScaler? scaler = learned;
        definition = definition with { Condition = condition };
        channel.Info($"{_recipe.Family} autoencoder on {device}: {data.Training.Count:N0} rows of {size} to codes of {_recipe.CodeSize}.");
        AutoencoderModel model = Initialise(definition, scaler, random, device);
        try
        {
            TrainingResult result = Train(model, data, random, channel);
            WarnIfNothingWasLearned(result, definition.Objective.ReconstructionOfMean(data.Training.Values), channel);
            var description = new ModelDescription(ModelDescription.CurrentVersion, _recipe.Columns, definition, _recipe.Training, result.History, seed);
            return new AutoencoderTransformer(_host, description, model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private ModelDefinition Define(int inputSize, LabelColumn? label)
    {
        try
        {
            NetworkPlan plan = _recipe.Network.Plan(inputSize, _recipe.Bottleneck.EncoderOutputs(_recipe.CodeSize),
                _recipe.CodeSize, _recipe.Objective.Likelihood.NeedsUnitInterval, label?.Labels.Count ?? 0);
            plan.RequireBuildable();
            Condition? condition = label is null ? null : new Condition(label.Labels, new long[label.Labels.Count]);
            return new ModelDefinition(_recipe.Family, plan, _recipe.Bottleneck, _recipe.Objective, _recipe.Corruption, _recipe.Scaling, condition);
        }
        catch (NetworkException error)
        {
            throw _host.Except(error, $"The network does not fit column '{_recipe.Columns.Input}', a vector of {inputSize}: {error.Message}");
        }
    }

    private int Seed() =>
        _recipe.Training.Seed ?? ((IHostEnvironmentInternal)_host).Seed ?? _host.Rand.Next();

    private static AutoencoderModel Initialise(ModelDefinition definition, InputScaler? scaler, RandomStreams random, Device device)
    {
        using Generator generator = random.Create(RandomUse.InitialWeights);
        NetworkWeights weights = NetworkWeights.Initialise(definition.Network, generator, device, definition.OtherParameters());
        return new AutoencoderModel(definition, weights, scaler?.To(device), device);
    }

    private TrainingResult Train(AutoencoderModel model, TrainingData data, RandomStreams random, IChannel channel)
    {
        void Report(TrainingEpoch epoch)
        {
            channel.Info("{0}", epoch);
            _recipe.Training.OnEpoch?.Invoke(epoch);
        }

        using var trainer = new Trainer(model, _recipe.Training, random, Report, _host.CheckAlive);
        TrainingResult result = trainer.Fit(data);
        if (result.WasCancelled)
            channel.Warning($"The fit was cancelled; the weights are {Kept(result)}.");
        else if (_recipe.Training.EarlyStopping is not null)
            channel.Info($"The weights are {Kept(result)}.");
        return result;
    }

    private static void WarnIfNothingWasLearned(TrainingResult result, double errorOfMean, IChannel channel)
    {
        if (result.History is not [.., var last] || last.Training.Terms["reconstruction"] <= errorOfMean)
            return;
        channel.Warning(FormattableString.Invariant(
            $"The reconstruction loss ended at {last.Training.Terms["reconstruction"]:G4}; always giving the mean row has {errorOfMean:G4}. Usual causes: too few epochs, a learning rate that is too high, inputs that are not scaled (see InputScaling)."));
    }

    private static string Kept(TrainingResult result) =>
        result.KeptEpoch > 0 ? $"those of epoch {result.KeptEpoch}" : "those of an epoch that was not completed";
}
