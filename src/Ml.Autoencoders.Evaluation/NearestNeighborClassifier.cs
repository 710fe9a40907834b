namespace Ml.Autoencoders.Evaluation;

/// <summary>
/// Gives a code the label that most of its nearest training codes have; where labels are tied, that of the nearest.
/// Looks at every training code, one row of distances per thread.
/// </summary>
/// <param name="codes">The training codes.</param>
/// <param name="labels">Their labels.</param>
/// <param name="neighbors">How many have a vote.</param>
internal sealed class NearestNeighborClassifier(float[][] codes, uint[] labels, int neighbors)
{
    public uint[] Predict(float[][] others)
    {
        var predicted = new uint[others.Length];
        Parallel.For(0, others.Length, () => new float[codes.Length], (i, _, distances) =>
        {
            predicted[i] = Predict(others[i], distances);
            return distances;
        }, static _ => { });
        return predicted;
    }

    private uint Predict(float[] code, float[] distances)
    {
        for (int i = 0; i < distances.Length; i++)
            distances[i] = Distance.Between(code, codes[i]);
        uint[] votes = [.. Nearest.Of(distances, neighbors).Select(i => labels[i])];
        // Votes are ordered by nearness, and MaxBy keeps the first of equals.
        return votes.MaxBy(label => votes.Count(vote => vote == label));
    }
}
