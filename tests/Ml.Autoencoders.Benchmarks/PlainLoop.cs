using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// The training loop that a user of TorchSharp writes by hand: rows in one tensor, torch's Adam, a scope a step.
/// </summary>
internal static class PlainLoop
{
    public const int BatchRows = 128;

    /// <param name="network">Its parameters are trained.</param>
    /// <param name="loss">Of a batch <c>[B, D]</c>.</param>
    /// <param name="table">All rows, <c>[N, D]</c>.</param>
    /// <param name="epochs">Passes over them.</param>
    public static void Fit(nn.Module network, Func<Tensor, Tensor> loss, Tensor table, int epochs)
    {
        using optim.Optimizer optimizer = optim.Adam(network.parameters(), 1e-3);
        network.train();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            using DisposeScope epochScope = NewDisposeScope();
            Tensor order = randperm(table.shape[0]);
            double total = 0;
            for (long start = 0; start < table.shape[0]; start += BatchRows)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor batch = table.index_select(0,
                    order.narrow(0, start, Math.Min(BatchRows, table.shape[0] - start)));
                optimizer.zero_grad();
                Tensor value = loss(batch);
                value.backward();
                optimizer.step();
                total += value.item<float>() * batch.shape[0];
            }
        }
    }
}
