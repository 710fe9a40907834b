using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Benchmarks.Series.Speed;

/// <summary>The network of <see cref="Network.Recurrent"/> with one layer, an LSTM.</summary>
internal sealed class RecurrentModule : SequenceModule
{
    private readonly LSTM _encoder;
    private readonly Linear _code;
    private readonly LSTM _decoder;
    private readonly Linear _states;
    private readonly Linear _steps;
    private readonly int _count;

    /// <param name="steps">T.</param>
    /// <param name="channels">C.</param>
    /// <param name="units">Numbers of a state.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    public RecurrentModule(int steps, int channels, int units, int codeSize)
        : base(nameof(RecurrentModule))
    {
        _count = steps;
        _encoder = LSTM(channels, units, batchFirst: true);
        _code = Linear(units, codeSize);
        _decoder = LSTM(codeSize, units, batchFirst: true);
        _states = Linear(codeSize, 2 * units);
        _steps = Linear(units, channels);
        RegisterComponents();
    }

    public override Tensor Encode(Tensor rows)
    {
        (_, Tensor state, _) = _encoder.forward(rows);
        return _code.forward(state.squeeze(0));
    }

    protected override Tensor Decode(Tensor codes)
    {
        Tensor[] states = _states.forward(codes).tanh().unsqueeze(0).chunk(2, dim: 2);
        Tensor inputs = codes.unsqueeze(1).expand(-1, _count, -1);
        (Tensor shown, _, _) = _decoder.forward(inputs, (states[0].contiguous(), states[1].contiguous()));
        return _steps.forward(shown);
    }
}
