using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>A melody with less and with more of an attribute.</summary>
internal sealed class AttributeStation(MLContext ml, AutoencoderTransformer model, Division division,
    MelodyFiles files)
{
    private static readonly string[] Shown = ["note density", "average interval", "eighth syncopation"];
    private static readonly float[] Amounts = [-1, 0, 1];

    public void Run()
    {
        var rows = new List<NamedMelody>();
        float[] code = model.Tokens!.Encode(division.Training[0].Keys);
        foreach (string name in Shown)
        {
            if (Direction(name) is not { } direction)
            {
                Console.WriteLine($"No direction of {name}: it is the same in all melodies, or nearly so.");
                continue;
            }
            foreach (float amount in Amounts)
            {
                uint[] moved = model.Tokens.Decode(model.MoveCode(code, direction, amount));
                rows.Add(new NamedMelody(amount switch { < 0 => $"less {name}", 0 => "as it is", _ => $"more {name}" },
                    moved));
            }
        }
        if (rows.Count > 0)
            files.Write("attributes", $"{MelodyFiles.Title(division.Training[0])}, moved along attributes", rows);
    }

    /// <summary>From melodies below the median of an attribute, or at it, to those above; null where there are none
    /// of either.</summary>
    private float[]? Direction(string attribute)
    {
        int index = MelodyAttributes.Names.ToList().IndexOf(attribute);
        (MelodyWindow Window, double Value)[] measured = [.. division.Training
            .Select(window => (window, MelodyAttributes.Of(window.Keys).Values[index]))];
        double median = measured.Select(melody => melody.Value).Order().ElementAt(measured.Length / 2);
        MelodyWindow[] above = [.. measured.Where(melody => melody.Value > median).Select(melody => melody.Window)];
        MelodyWindow[] below = [.. measured.Where(melody => melody.Value < median).Select(melody => melody.Window)];
        if (below.Length == 0)
            below = [.. measured.Where(melody => melody.Value == median).Select(melody => melody.Window)];
        return above.Length == 0 || below.Length == 0 ? null
            : model.CodeDirection(ml.Data.LoadMelodies(above), ml.Data.LoadMelodies(below));
    }
}
