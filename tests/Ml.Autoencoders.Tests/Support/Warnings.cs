using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tests;

/// <summary>The warnings in the log of a context.</summary>
internal sealed class Warnings
{
    private readonly List<string> _lines = [];

    public Warnings(MLContext ml) => ml.Log += (_, line) =>
    {
        if (line.Kind == ChannelMessageKind.Warning)
        {
            lock (_lines)
                _lines.Add(line.RawMessage);
        }
    };

    public string[] Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }
}
