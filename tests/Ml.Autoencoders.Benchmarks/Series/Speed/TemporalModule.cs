using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Benchmarks.Series.Speed;

/// <summary>The network of <see cref="Network.Temporal"/> with its defaults: 32 and 16 filters of 7 steps.</summary>
internal sealed class TemporalModule : SequenceModule
{
    private const int Filters = 16;

    private readonly long _flat;
    private readonly Sequential _encoder;
    private readonly Sequential _decoder;

    /// <param name="steps">T, a multiple of 4.</param>
    /// <param name="channels">C.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    public TemporalModule(int steps, int channels, int codeSize)
        : base(nameof(TemporalModule))
    {
        _flat = Filters * steps / 4;
        _encoder = Sequential(
            Conv1d(channels, 32, 7, stride: 2, padding: 3), ReLU(),
            Conv1d(32, Filters, 7, stride: 2, padding: 3), ReLU(),
            Flatten(), Linear(_flat, codeSize));
        _decoder = Sequential(
            Linear(codeSize, _flat), Unflatten(1, [Filters, steps / 4]), ReLU(),
            ConvTranspose1d(Filters, 32, 7, stride: 2, padding: 3, output_padding: 1), ReLU(),
            ConvTranspose1d(32, channels, 7, stride: 2, padding: 3, output_padding: 1));
        RegisterComponents();
    }

    /// <summary>Flatten puts the numbers of a step side by side here, and those of a channel in torch.</summary>
    protected override Tensor Ordered(Tensor weight)
    {
        return weight.shape switch
        {
            [_, var inputs] when inputs == _flat => Turned(weight.t()).t(),
            [var outputs, ..] when outputs == _flat => Turned(weight),
            _ => weight,
        };

        Tensor Turned(Tensor rows) => rows.unflatten(0, _flat / Filters, Filters).transpose(0, 1).flatten(0, 1);
    }

    public override Tensor Encode(Tensor rows) => _encoder.forward(rows.transpose(1, 2));

    protected override Tensor Decode(Tensor codes) => _decoder.forward(codes).transpose(1, 2);
}
