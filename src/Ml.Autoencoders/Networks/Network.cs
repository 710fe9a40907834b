using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders;

/// <summary>
/// The layers that compute codes from rows and rows from codes: a description, from which a network is built when the
/// size of the input column is known.
/// </summary>
/// <remarks>The description is immutable and can be shared by any number of estimators.</remarks>
public abstract class Network : IByValue
{
    private protected Network()
    {
    }

    IReadOnlyList<object?> IByValue.Values =>
        [.. EncoderLayers(), DecoderLayers() is null, .. DecoderLayers() ?? [], Decoding];

    /// <summary>Whether both describe the same layers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Network? left, Network? right) => ByValue.Same(left, right);

    /// <summary>Whether they describe different layers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Network? left, Network? right) => !(left == right);

    /// <summary>
    /// Fully connected layers: an encoder D - hidden... - code, and the mirrored decoder code - ...hidden - D. The code
    /// and the output have no activation.
    /// </summary>
    /// <param name="hidden">The sizes of the hidden layers from the input to the code, each at least 1, at most
    /// 16,777,216. None gives a linear autoencoder, whose best codes span the same space as the principal components
    /// (Baldi and Hornik 1989).</param>
    /// <exception cref="ArgumentException">A size is out of its range, or two adjacent ones are too large for their
    /// weights.</exception>
    public static Network Dense(params int[] hidden) => Dense(hidden, Activation.Relu);

    /// <inheritdoc cref="Dense(int[])"/>
    /// <param name="hidden">The sizes of the hidden layers from the input to the code, each at least 1.</param>
    /// <param name="activation">The function after each hidden layer.</param>
    /// <param name="batchNorm">Whether each hidden layer is normalized over the batch before its activation
    /// (Ioffe and Szegedy 2015). Trains in fewer epochs; needs batches of at least 2 rows.</param>
    public static Network Dense(int[] hidden, Activation activation, bool batchNorm = false) =>
        new DenseNetwork(hidden, activation, batchNorm);

    /// <summary>
    /// Convolutions that halve height and width at each step, then a linear layer to the code; transposed convolutions
    /// back. Where pictures are to be enlarged by a whole factor, one more enlarges them.
    /// </summary>
    /// <param name="height">Rows of pixels, at least 1; odd ones too.</param>
    /// <param name="width">Columns of pixels, at least 1; odd ones too.</param>
    /// <param name="channels">1 for gray, 3 for color. A row of the input column holds channels x height x width
    /// numbers, channel by channel ("planar"), as <c>ExtractPixels</c> makes them by default; or pixel by pixel
    /// ("interleaved"), where the column's dimensions or <see cref="AutoencoderModelOptions.Image"/> say so.</param>
    /// <param name="filters">Filters of each convolution (3 x 3, stride 2), from the input to the code.
    /// Default: 16, 32.</param>
    /// <param name="activation">The function after each convolution.</param>
    /// <param name="batchNorm">Whether each convolution is normalized over the batch before its activation.</param>
    /// <exception cref="ArgumentException">A size is below 1, there are no filters, or what lies between layers would
    /// be more than 536,870,897 numbers.</exception>
    public static Network Convolutional(int height, int width, int channels = 1, int[]? filters = null,
        Activation activation = Activation.Relu, bool batchNorm = false) =>
        new ConvolutionalNetwork(height, width, channels, filters ?? [16, 32], activation, batchNorm);

    /// <summary>
    /// Convolutions over time that halve the steps of a sequence, then a linear layer to the code; transposed
    /// convolutions back. Or dilated causal convolutions, which keep the steps, both ways.
    /// </summary>
    /// <param name="filters">Filters of each convolution, from the input to the code. Default: 32, 16.</param>
    /// <param name="kernel">Steps that a filter spans, at least 1, at most 65,536.</param>
    /// <param name="activation">The function after each convolution.</param>
    /// <param name="batchNorm">Whether each convolution is normalized over the batch before its activation.</param>
    /// <param name="dilated">Whether the convolutions are causal, keep all steps, and skip more steps from layer to
    /// layer, 1, 2, 4 and so on, so that few layers see far back (van den Oord et al. 2016, Bai et al. 2018). The last
    /// number at each step depends on kernel - 1 times (2^layers - 1) steps before it. At most 16 layers.</param>
    /// <remarks>A row of the input column holds a sequence step by step: <c>T x C</c> numbers, those of all channels at
    /// the first step, then those at the next. T and C are the dimensions of the column, or those of
    /// <see cref="AutoencoderModelOptions.Sequence"/> where the column is a plain vector. Any number of steps and of
    /// channels is possible.</remarks>
    /// <exception cref="ArgumentException">A size is out of its range, or there are no filters.</exception>
    public static Network Temporal(int[]? filters = null, int kernel = 7, Activation activation = Activation.Relu,
        bool batchNorm = false, bool dilated = false) =>
        new TemporalNetwork(filters ?? [32, 16], kernel, activation, batchNorm, dilated);

    /// <summary>
    /// Recurrent layers through the steps of a sequence, of which the last state leads to the code by a linear layer;
    /// and a decoder that the code drives: it begins with states that are tanh of a linear map of the code, is given
    /// the code at each step, and a linear layer turns each of its states into the numbers of a step (Srivastava et al.
    /// 2015, "Unsupervised Learning of Video Representations using LSTMs").
    /// </summary>
    /// <param name="units">Numbers in a state of each layer, from the input to the code, each at least 1, at most
    /// 16,777,216. Default: 64. The decoder has the same layers in reverse order.</param>
    /// <param name="cell">What a layer computes at each step.</param>
    /// <param name="bidirectional">Whether each layer of the encoder goes through the steps in both directions, with
    /// as many units for each. The decoder goes forward.</param>
    /// <param name="feedsBack">Whether the decoder is given, at each step, what it gave at the one before, beside the
    /// code, and 0 at the first (Sutskever et al. 2014). In training it is given what it should have given (teacher
    /// forcing, Williams and Zipser 1989); the loss over validation rows is measured with its own. The states of all
    /// its layers begin as tanh of a linear map of the code. At most 10,000 steps and 16 layers. Of rows of keys, it is
    /// given the key that it found likeliest, or that was drawn, and in training the one of the row.</param>
    /// <param name="droppedInputs">The probability that a step that is given so in training is replaced by 0, so that
    /// the decoder has to use the code (Bowman et al. 2016); from 0 to 1. Only where it feeds back.</param>
    /// <param name="scheduledSampling">The probability, at the end of training, that the decoder is given in training
    /// what it gave itself at the step before; from 0 to 1. It grows in a straight line from 0 at the beginning
    /// (scheduled sampling, Bengio et al. 2015). What the decoder gave is that of teacher forcing, which all steps
    /// together take one pass more for (Duckworth et al. 2019). Only where it feeds back.</param>
    /// <param name="segments">Segments of a sequence, such as the bars of a melody, at least 1; they must divide the
    /// steps. Where there are several, the decoder is hierarchical (Roberts et al. 2018, section 3.2): a recurrence
    /// that the code drives, the conductor, makes a step for each segment, with as many units as the last of
    /// <paramref name="units"/>, and each of its states drives the decoder of that segment as a code does, with states
    /// that begin anew.</param>
    /// <remarks>A row of the input column holds a sequence step by step: see <see cref="Temporal"/>, which trains in a
    /// fraction of the time. Weights begin as PyTorch's do, uniform within ±1/√H.</remarks>
    /// <exception cref="ArgumentException">A size is out of its range, or there are no layers.</exception>
    public static Network Recurrent(int[]? units = null, RecurrentCell cell = RecurrentCell.Lstm,
        bool bidirectional = false, bool feedsBack = false, float droppedInputs = 0, float scheduledSampling = 0,
        int segments = 1) =>
        new RecurrentNetwork(units ?? [64], cell, bidirectional, feedsBack, droppedInputs, scheduledSampling, segments);

    /// <summary>A custom network, from the layers that the built-in ones are made of.</summary>
    /// <param name="encoder">Adds the encoder's layers. A linear layer to the code is added after them, unless they
    /// end in a vector of the code's size.</param>
    /// <param name="decoder">Adds the decoder's layers. A linear layer to the input's size is added after them, unless
    /// they end in a vector of that size. Default: the encoder, mirrored.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encoder"/> is null.</exception>
    public static Network Compose(Action<LayerList> encoder, Action<LayerList>? decoder = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new ComposedNetwork(LayerList.Collect(encoder), decoder is null ? null : LayerList.Collect(decoder));
    }

    /// <summary>Whether the other is of the same kind and describes the same layers.</summary>
    /// <param name="obj">The other.</param>
    public sealed override bool Equals(object? obj) => ByValue.Same(this, obj as Network);

    /// <summary>The same number for all that are equal.</summary>
    public sealed override int GetHashCode() => ByValue.Hash(this);

    /// <summary>The kind, with its layers.</summary>
    public sealed override string ToString() =>
        $"{GetType().Name}({string.Join(", ", EncoderLayers())}" +
        $"{(DecoderLayers() is { } decoder ? $"; {string.Join(", ", decoder)}" : "")}" +
        $"{(Decoding is { } decoding ? $"; {decoding}" : "")})";

    /// <summary>Resolves the description for rows of <paramref name="inputSize"/> numbers.</summary>
    /// <param name="inputSize">Numbers in an input row, D.</param>
    /// <param name="encoderOutputs">Numbers that the bottleneck takes from the encoder.</param>
    /// <param name="codeSize">Numbers that the decoder takes, Z.</param>
    /// <param name="endInSigmoid">Whether the output must lie between 0 and 1.</param>
    /// <param name="conditionSize">Numbers of the one-hot label that encoder and decoder are given, K.</param>
    /// <param name="outputSize">Numbers in a row that the decoder gives, D'. Default: as many as in an input
    /// row.</param>
    /// <param name="sequence">The sequence that a row is, where the network takes such.</param>
    /// <param name="marksGaps">Whether the encoder is also given where values are missing.</param>
    /// <param name="tokens">The tokens that a row is, of which the decoder gives the log-odds; null where it is
    /// numbers.</param>
    /// <exception cref="NetworkException">The layers do not fit each other, the input or the output.</exception>
    internal NetworkPlan Plan(int inputSize, int encoderOutputs, int codeSize, bool endInSigmoid, int conditionSize = 0,
        int? outputSize = null, SequenceFormat? sequence = null, bool marksGaps = false, TokenFormat? tokens = null)
    {
        int outputs = tokens is null ? outputSize ?? inputSize : (int)tokens.Logits;
        bool takesTokens = tokens is null || EncoderLayers() is [TokenLayer, ..];
        // The decoder leads back to log-odds as it would to rows of so many numbers.
        int mirrored = takesTokens ? inputSize : outputs;
        var open = new LayerStack(Shape.Vector(mirrored), [.. Entrance(mirrored, sequence), .. EncoderLayers()])
            .Resolved();
        LayerStack given = takesTokens
            ? marksGaps ? new LayerStack(Shape.Vector(2 * inputSize), EncoderLayers()).Resolved() : open
            : new LayerStack(Shape.Vector(inputSize), [.. EntranceOf(tokens!), .. EncoderLayers()]).Resolved();
        if (tokens is not null && given.Layers is [TokenLayer first, ..] && first.Classes != tokens.Classes)
            throw new NetworkException($"it begins with {first}, and a row has {tokens} values.");
        LayerStack encoder = CloseEncoder(given.Conditioned(conditionSize), encoderOutputs);
        if ((conditionSize > 0 || marksGaps) && !encoder.JoinsNumbers)
            encoder = encoder.EndingInLinear(encoderOutputs);
        // The mirror starts from a code, also where the bottleneck takes more numbers than that from the encoder.
        IReadOnlyList<Layer> decoderLayers = DecoderLayers() ?? Mirror(CloseEncoder(open, codeSize), outputs);
        if (tokens is not null)
            decoderLayers = [.. decoderLayers.Select(layer => layer.OfClasses())];
        LayerStack decoder = new LayerStack(Shape.Vector(codeSize), decoderLayers).Resolved()
            .Conditioned(conditionSize);
        if (decoder.OutputShape.Count != outputs || (conditionSize > 0 && !decoder.JoinsNumbers))
            decoder = decoder.EndingInLinear(outputs);
        // At the very end, where losses expect it.
        decoder = endInSigmoid ? decoder.EndingIn(Activation.Sigmoid) : decoder.Flattened();
        return new NetworkPlan(encoder, decoder, conditionSize) { MarksGaps = marksGaps, Tokens = tokens };
    }

    /// <summary>The layers that make sequences of tokens, or vectors where the encoder takes these.</summary>
    private IEnumerable<Layer> EntranceOf(TokenFormat tokens)
    {
        yield return new TokenLayer(tokens.Steps, tokens.Classes);
        if (!TakesSequences)
            yield return new ReshapeLayer(null);
    }

    /// <summary>What picture the encoder makes of a row before it computes anything; null where it takes it as a
    /// vector.</summary>
    internal Shape? Picture =>
        LayerStack.OpenedBy(EncoderLayers()) is { IsImage: true } picture ? picture : null;

    /// <summary>Whether the encoder takes a row as a vector, so that it can be told where values are missing.</summary>
    internal bool TakesVectors => !TakesSequences && LayerStack.OpenedBy(EncoderLayers()) is null;

    /// <summary>Whether there is an activation in the encoder; only then can anything be hidden in it.</summary>
    internal bool HasActivation => EncoderLayers().Any(layer => layer.IsNonlinear);

    /// <summary>Whether it takes sequences, of a format that the column or the options specify.</summary>
    internal virtual bool TakesSequences => false;

    /// <summary>The layers before the encoder's, which depend on the rows.</summary>
    private protected virtual IReadOnlyList<Layer> Entrance(int inputSize, SequenceFormat? sequence) => [];

    private protected abstract IReadOnlyList<Layer> EncoderLayers();

    /// <summary>
    /// Leads from the encoder's last layer to the <paramref name="outputs"/> that the bottleneck takes.
    /// </summary>
    private protected virtual LayerStack CloseEncoder(LayerStack encoder, int outputs) =>
        encoder.EndingInLinear(outputs);

    /// <summary>
    /// The layers that lead back from a code, and on to rows of <paramref name="outputs"/> numbers where these are not
    /// as many as the encoder takes.
    /// </summary>
    private protected virtual IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        Layer[] layers = [.. encoder.MirroredLayers()];
        // A last linear layer leads to the output's size instead of the input's.
        return outputs != encoder.InputShape.Count && layers is [.. var before, var last]
            && last.WithOutputs(outputs) is { } resized
            ? [.. before, resized] : layers;
    }

    /// <summary>How the decoder works, where the layers do not say it; null where they do.</summary>
    private protected virtual string? Decoding => null;

    /// <summary>Null where the decoder mirrors the encoder.</summary>
    private protected virtual IReadOnlyList<Layer>? DecoderLayers() => null;
}
